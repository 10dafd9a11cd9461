terraform {
  required_providers {
    restapi = {
      source = "Mastercard/restapi"
    }
  }
}

variable "uri" {
  type = string
}

provider "restapi" {
  uri                   = var.uri
  create_returns_object = true
  id_attribute          = "task_id"
  headers               = { "content-type" = "application/json" }
}

resource "restapi_object" "task" {
  for_each    = jsondecode(file("bodies.json"))
  path        = "/scheduled-tasks"
  data        = jsonencode(each.value)
  update_data = jsonencode({ for name, value in each.value : name => value if name != "task_type" })
}
