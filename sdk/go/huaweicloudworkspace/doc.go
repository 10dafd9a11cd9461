// Scheduled tasks of Huawei Cloud Workspace: cloud desktops started, stopped, rebooted, rebuilt or scripted on a schedule.
package huaweicloudworkspace
