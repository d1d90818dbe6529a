# Rules for "realmform plan --json", as for a Terraform plan: conftest test plan.json --policy examples/policy
package main

import rego.v1

# What a plan writes: an adoption that matches already, and what is let go, write nothing.
writes := [change |
	some change in input.resource_changes
	not change.change.actions in [["no-op"], ["forget"]]
]

deny contains message if {
	some change in writes
	change.type == "client"
	"delete" in change.change.actions
	message := sprintf("%s: clients are deleted by hand, not by a pipeline", [change.address])
}

deny contains message if {
	some change in writes
	change.type == "client"
	some uri in change.change.after.redirectUris
	contains(uri, "*")
	message := sprintf("%s: redirect URI %s matches more than one address", [change.address, uri])
}

deny contains message if {
	some change in writes
	change.type == "client"
	change.change.after.implicitFlowEnabled
	message := sprintf("%s: the implicit flow puts tokens into addresses", [change.address])
}

# What is known only during the apply cannot be judged before it.
deny contains message if {
	some change in writes
	walk(change.change.after_unknown, [path, true])
	message := sprintf("%s: %s is not known yet", [change.address, concat(".", [sprintf("%v", [key]) | some key in path])])
}

# A secret is never in the plan, but that it changes is.
warn contains message if {
	some change in writes
	change.change.actions == ["update"]
	some edit in change.edits
	object.get(change.change.after_sensitive, edit.path, false) == true
	message := sprintf("%s: %s changes, and whoever uses it must know", [change.address, concat(".", edit.path)])
}

warn contains message if {
	some change in input.resource_changes
	change.change.importing
	message := sprintf("%s was there before and becomes managed", [change.address])
}

warn contains message if {
	count([change | some change in input.resource_changes; "delete" in change.change.actions]) > 3
	message := "more than three resources are deleted"
}
