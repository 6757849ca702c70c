"""What a child of the walled program gives up before it sees a stranger's first byte (security.md 5.3).

``child`` confines who reads at once, by ``landlock`` and the few calls that are ``allowed``; ``workshop`` who converts
and looks at pictures, by ``landlock``, ``seccomp`` and namespaces (``apart``).
"""

from parsers.confine.child import confine
from parsers.confine.kernel import die_with_parent, harden
from parsers.confine.workshop import adopt_orphans, confine_slow, end_all_children

__all__ = ["adopt_orphans", "confine", "confine_slow", "die_with_parent", "end_all_children", "harden"]
