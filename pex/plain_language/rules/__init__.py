"""The rules that a machine can check, by subject; `registry` joins each function with its entry of rules.yaml."""
