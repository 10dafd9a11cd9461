"""All 13 operations on scheduled tasks, called through the vendor's SDK for Python.

The argument is the line that the emulator prints when it is ready. Each call prints one line of JSON: the operation, its
HTTP status, the error code if it was refused, and what of the answer is to be looked at.
"""

import json
import sys
import urllib.request

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkworkspace.v2 import (
    ApplyObject,
    BatchDeleteScheduledTasksRequest,
    CreateAgenciesReq,
    CreateAgenciesRequest,
    CreateScheduledTasksReq,
    CreateScheduledTasksRequest,
    DeleteScheduledTasksReq,
    DeleteScheduledTasksRequest,
    ExportScheduledTasksRecordsRequest,
    ListFutureExecutionsReq,
    ListFutureExecutionsRequest,
    ListLifeCycleTypeConfigurationsRequest,
    ListScheduledTasksRecordsDetailsRequest,
    ListScheduledTasksRecordsRequest,
    ListScheduledTasksRequest,
    ListTimeZonesRequest,
    ShowScheduledTasksRequest,
    UpdateScheduledTasksReq,
    UpdateScheduledTasksRequest,
    WorkspaceClient,
)

emulator = json.loads(sys.argv[1])


def client_with(secret_key):
    credentials = BasicCredentials(emulator["accessKey"], secret_key, emulator["projectId"])
    return WorkspaceClient.new_builder().with_credentials(credentials).with_endpoint(emulator["url"]).build()


def control(path, body):
    """Orders the emulator, beside the API."""
    address = f"{emulator['url']}/_emulator/{path}"
    urllib.request.urlopen(urllib.request.Request(address, json.dumps(body).encode(), method="PUT")).close()


def call(operation, method, request, look=lambda response: {}):
    """Prints what came of a call, and returns its response; None when it was refused."""
    try:
        response = method(request)
    except ServiceResponseException as error:
        refused = {"code": error.error_code, "message": error.error_msg, "requestId": error.request_id}
        print(json.dumps({"operation": operation, "status": error.status_code, **refused}))
        return None
    print(json.dumps({"operation": operation, "status": response.status_code, **look(response)}))
    return response


client = client_with(emulator["secretKey"])


def create(**fields):
    request = CreateScheduledTasksRequest(body=CreateScheduledTasksReq(**fields))
    return call("CreateScheduledTasks", client.create_scheduled_tasks, request).task_id


def update(task_id, **fields):
    request = UpdateScheduledTasksRequest(task_id=task_id, body=UpdateScheduledTasksReq(**fields))
    call("UpdateScheduledTasks", client.update_scheduled_tasks, request)


def list_tasks(**filters):
    request = ListScheduledTasksRequest(offset=0, limit=50, **filters)
    names = lambda response: {"names": [task.task_name for task in response.scheduled_tasks]}
    call("ListScheduledTasks", client.list_scheduled_tasks, request, names)


call(
    "CreateAgencies",
    client.create_agencies,
    CreateAgenciesRequest(body=CreateAgenciesReq(scene="WORKSPACE", action="CREATE")),
)

control("clock", {"now": "2026-12-01T00:00:00Z"})
daily = {"scheduled_type": "DAY", "day_interval": 1, "scheduled_time": "09:00:00", "time_zone": "Asia/Shanghai"}
rollout = create(
    task_name="rollout",
    task_type="EXECUTE_SCRIPT",
    **daily,
    description="to be cleared",
    gray_count=3,
    gray_fail_threshold=2,
    apply_objects=[ApplyObject(object_type="DESKTOP", object_id=f"d-{number}") for number in range(10)],
)
triggered = create(
    task_name="测试 任务",
    task_type="STOP",
    scheduled_type="LIFE_CYCLE",
    life_cycle_type="POST_DESKTOP_DISCONNECTED",
    wait_time=15,
    apply_objects=[ApplyObject(object_type="ALL_DESKTOPS")],
)
single, *several = [create(task_name=f"short-lived {number}", task_type="START", **daily) for number in range(3)]

update(rollout, is_gray=True, description="")
update(triggered, priority=7, enable=False)

call(
    "ShowScheduledTasks",
    client.show_scheduled_tasks,
    ShowScheduledTasksRequest(task_id=rollout),
    lambda task: {
        "grayCount": task.gray_count,
        "targets": len(task.apply_objects),
        "description": task.description,
    },
)
list_tasks()
list_tasks(scheduled_type="LIFE_CYCLE")
list_tasks(scheduled_type="LIFE_CYCLE", task_name="试 任")

control("failing", {"desktop_ids": ["d-0", "d-2"]})
control("clock", {"advanceSeconds": 7200})
records = call(
    "ListScheduledTasksRecords",
    client.list_scheduled_tasks_records,
    ListScheduledTasksRecordsRequest(task_id=rollout),
    lambda response: {
        "records": [
            {"status": run.status, "succeeded": run.success_num, "failed": run.failed_num, "skipped": run.skip_num}
            for run in response.tasks_records
        ]
    },
)
call(
    "ListScheduledTasksRecordsDetails",
    client.list_scheduled_tasks_records_details,
    ListScheduledTasksRecordsDetailsRequest(
        task_id=rollout, record_id=records.tasks_records[0].id, offset=0, limit=100
    ),
    lambda response: {
        "desktops": {detail.desktop_id: detail.exec_status for detail in response.tasks_records_details}
    },
)
call(
    "ExportScheduledTasksRecords",
    client.export_scheduled_tasks_records,
    ExportScheduledTasksRecordsRequest(task_id=rollout, language="zh-cn", time_zone="Asia/Shanghai"),
)
call(
    "ListFutureExecutions",
    client.list_future_executions,
    ListFutureExecutionsRequest(
        body=ListFutureExecutionsReq(
            scheduled_type="WEEK", week_list="1,7", scheduled_time="09:00:00", time_zone="Asia/Shanghai"
        )
    ),
    lambda response: {"first": response.future_executions[:2]},
)
call(
    "ListLifeCycleTypeConfigurations",
    client.list_life_cycle_type_configurations,
    ListLifeCycleTypeConfigurationsRequest(),
    lambda response: {"events": sorted(response.body)},
)
call(
    "ListTimeZones",
    client.list_time_zones,
    ListTimeZonesRequest(time_zone_name="Asia/Shanghai"),
    lambda response: {"offsets": [zone.time_zone for zone in response.time_zones]},
)
call("DeleteScheduledTasks", client.delete_scheduled_tasks, DeleteScheduledTasksRequest(task_id=single))
call(
    "BatchDeleteScheduledTasks",
    client.batch_delete_scheduled_tasks,
    BatchDeleteScheduledTasksRequest(body=DeleteScheduledTasksReq(task_ids=several)),
)

call(
    "wrong key",
    client_with("wrong").show_scheduled_tasks,
    ShowScheduledTasksRequest(task_id=rollout),
)
