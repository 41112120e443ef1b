"""Pictures and links that tags put in: where they are asked for, how large they may become, what they lead to."""
