"""The explorer over SSH, measured: `summit serve` beside OpenSSH's `sshd` that starts a process for each session.

`hosts` are the two, `guests` who connects, over a `relay` that knows when. What is measured: `one` person alone, a
`crowd`, a `slow_line`, someone `hostile`, and `rude` leavers. `rows` says the figures; `ahead` lets all of it go before
other work.
"""
