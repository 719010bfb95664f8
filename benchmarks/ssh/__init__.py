"""The explorer over SSH, measured: `summit serve` beside OpenSSH's `sshd` that starts a process for each session."""
