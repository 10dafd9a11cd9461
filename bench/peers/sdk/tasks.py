"""Does what is asked with the vendor's SDK and 50 threads, as a script of a user would.

    tasks.py STEP EMULATOR BODIES IDS

STEP is create, read, update, repair or destroy; EMULATOR the line that the emulator prints; BODIES a file with the
wanted tasks by key; IDS a file that keeps their ids.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.http.http_config import HttpConfig
from huaweicloudsdkworkspace.v2 import (
    CreateScheduledTasksReq,
    CreateScheduledTasksRequest,
    DeleteScheduledTasksRequest,
    ShowScheduledTasksRequest,
    UpdateScheduledTasksReq,
    UpdateScheduledTasksRequest,
    WorkspaceClient,
)

THREADS = 50

step, emulator, bodies_file, ids_file = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3], sys.argv[4]
credentials = BasicCredentials(emulator["accessKey"], emulator["secretKey"], emulator["projectId"])
config = HttpConfig.get_default_config()
config.connection_pool_maxsize = THREADS
client = (
    WorkspaceClient.new_builder()
    .with_credentials(credentials)
    .with_http_config(config)
    .with_endpoint(emulator["url"])
    .build()
)


def each(action, items):
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(action, items))


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def create(body):
    request = CreateScheduledTasksRequest(body=CreateScheduledTasksReq(**body))
    return client.create_scheduled_tasks(request).task_id


def show(task_id):
    return client.show_scheduled_tasks(ShowScheduledTasksRequest(task_id=task_id))


def update(task_id, **fields):
    request = UpdateScheduledTasksRequest(task_id=task_id, body=UpdateScheduledTasksReq(**fields))
    client.update_scheduled_tasks(request)


def destroy(task_id):
    client.delete_scheduled_tasks(DeleteScheduledTasksRequest(task_id=task_id))


bodies = load(bodies_file)
if step == "create":
    ids = dict(zip(bodies, each(create, bodies.values())))
    with open(ids_file, "w", encoding="utf-8") as file:
        json.dump(ids, file)
elif step == "destroy":
    each(destroy, load(ids_file).values())
else:
    ids = load(ids_file)
    live = dict(zip(ids, each(show, ids.values())))
    wrong = [key for key in ids if live[key].scheduled_time != bodies[key]["scheduled_time"]]
    if step == "read" and wrong:
        sys.exit(f"{len(wrong)} tasks are not as they should be")
    each(lambda key: update(ids[key], scheduled_time=bodies[key]["scheduled_time"]), wrong)
