package main

import (
	workspace "github.com/pulumi-huaweicloud-workspace/pulumi-huaweicloud-workspace/sdk/go/huaweicloudworkspace"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const timeZone = pulumi.String("Asia/Shanghai")

func target(objectType workspace.ObjectType, id string) workspace.ApplyObjectArray {
	return workspace.ApplyObjectArray{
		workspace.ApplyObjectArgs{ObjectType: objectType, ObjectId: pulumi.String(id)},
	}
}

var tasks = map[string]workspace.ScheduledTaskArgs{
	"evening-stop": {
		TaskType:      workspace.TaskTypeSTOP,
		ScheduledType: workspace.ScheduledTypeWEEK,
		WeekList:      pulumi.StringArray{workspace.WeekdayMON, workspace.WeekdayFRI},
		ScheduledTime: pulumi.String("19:30"),
		TimeZone:      timeZone,
		ApplyObjects:  target(workspace.ObjectType_DESKTOP_POOL, "pool-sales"),
	},
	"vendor-example": {
		TaskName:      pulumi.String("Test task"),
		TaskType:      workspace.TaskTypeREBOOT,
		ScheduledType: workspace.ScheduledType_FIXED_TIME,
		ScheduledDate: pulumi.String("2032-12-23"),
		ScheduledTime: pulumi.String("09:00:00"),
		TimeZone:      timeZone,
		ExpireTime:    pulumi.String("2032-12-31 09:00:00"),
		Description:   pulumi.String("A description."),
		ExtraParams:   pulumi.StringMap{"notify_message": pulumi.String("Test")},
		ApplyObjects:  target(workspace.ObjectTypeDESKTOP, "2b31e-d520xxxx-xxebedb6-e57xxxxxx"),
	},
	"monthly-patch": {
		TaskType:          workspace.TaskType_EXECUTE_SCRIPT,
		ScheduledType:     workspace.ScheduledTypeMONTH,
		MonthList:         pulumi.ToIntArray([]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}),
		DateList:          pulumi.ToStringArray([]string{"1"}),
		ScheduledTime:     pulumi.String("02:00"),
		TimeZone:          timeZone,
		GrayCount:         pulumi.Int(5),
		GrayFailThreshold: pulumi.Int(2),
		ApplyObjects:      target(workspace.ObjectType_DESKTOP_TAG, "tag-windows"),
	},
	"hibernate-when-left": {
		TaskType:      workspace.TaskTypeHIBERNATE,
		ScheduledType: workspace.ScheduledType_LIFE_CYCLE,
		LifeCycleType: workspace.LifeCycleType_POST_DESKTOP_DISCONNECTED,
		WaitTime:      pulumi.Int(30),
		Priority:      pulumi.Int(10),
		ApplyObjects:  target(workspace.ObjectType_DESKTOP_POOL, "pool-sales"),
	},
	"nightly-snapshot": {
		TaskType:      workspace.TaskType_CREATE_SNAPSHOT,
		ScheduledType: workspace.ScheduledTypeDAY,
		DayInterval:   pulumi.Int(1),
		ScheduledTime: pulumi.String("03:00"),
		TimeZone:      timeZone,
		Enable:        pulumi.Bool(false),
		ApplyObjects:  target(workspace.ObjectType_DESKTOP_POOL, "pool-sales"),
	},
}

// hours says when each pool starts, before its own people come.
var hours = map[string]string{"sales": "08:00", "support": "06:30", "factory": "05:15"}

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		for name, args := range tasks {
			if _, err := workspace.NewScheduledTask(ctx, name, &args); err != nil {
				return err
			}
		}
		// One resource for many tasks; what all of them share stands there once.
		starts := workspace.TaskMap{}
		for pool, hour := range hours {
			starts["start-"+pool] = workspace.TaskArgs{
				ScheduledTime: pulumi.String(hour),
				ApplyObjects:  target(workspace.ObjectType_DESKTOP_POOL, "pool-"+pool),
			}
		}
		_, err := workspace.NewScheduledTaskFleet(ctx, "morning-starts", &workspace.ScheduledTaskFleetArgs{
			TaskType:      workspace.TaskTypeSTART,
			ScheduledType: workspace.ScheduledTypeDAY,
			DayInterval:   pulumi.Int(1),
			TimeZone:      timeZone,
			Tasks:         starts,
		})
		return err
	})
}
