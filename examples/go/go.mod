module workspace-go

go 1.25

require (
	github.com/pulumi-huaweicloud-workspace/pulumi-huaweicloud-workspace/sdk/go/huaweicloudworkspace v0.1.0
	github.com/pulumi/pulumi/sdk/v3 v3.259.0
)
