using Sigma.Hosting;

namespace Sigma.Notifier.Channels.Prefect;

internal static class Registration
{
    public static readonly ChannelType Type = new ChannelType<PrefectChannel, PrefectOptions>("prefect", FollowRuns);

    static void FollowRuns(ServiceBuilder service)
    {
        service.Services.AddSingleton<FlowRunTable>().AddSingleton<FlowRunSweep>();
        service.Jobs(FlowRunSweep.Schedule);
    }
}
