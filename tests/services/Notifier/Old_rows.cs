using Microsoft.Extensions.DependencyInjection;
using Sigma.Notifier.Retention;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

public sealed class Old_rows
{
    readonly Guid _cleared = Guid.NewGuid(), _stillRaised = Guid.NewGuid(), _young = Guid.NewGuid();

    [Fact]
    public async Task Are_deleted_but_for_those_of_an_alert_that_is_still_raised()
    {
        await using var notifier = await Start(("Notifier:Channels:WhatsApp:Enabled", "false"));
        foreach (var alert in (Guid[])[_cleared, _stillRaised])
        {
            await notifier.Publish(Raised(alert));
            await notifier.Until(alert, "segware-alarm-event raised: sent");
        }
        await notifier.Publish(Cleared(_cleared));
        await notifier.Until(async () => (await notifier.Query<long>("select count(cleared_at) from sigma_cloud_events_tracker_registers"))[0] == 1,
            "the clear was not written down");
        await notifier.Execute("update sigma_cloud_events_tracker_registers set created_at = '2020-01-01 00:00:00'");
        await notifier.Execute("update sigma_cloud_alarm_events set created_at = '2020-01-01 00:00:00'");
        await notifier.Execute("update notifier_deliveries set settled_at = 1000");
        await notifier.Publish(Raised(_young));
        await notifier.Until(_young, "segware-alarm-event raised: sent");

        await notifier.Services.GetRequiredService<Purge>().Run(default);

        Assert.Empty(await notifier.Deliveries(_cleared));
        Assert.Single(await notifier.Deliveries(_stillRaised));
        Assert.Single(await notifier.Deliveries(_young));
        Assert.Equal([2], await notifier.Query<long>("select count(*) from sigma_cloud_events_tracker_registers"));
        Assert.Equal([1], await notifier.Query<long>("select count(*) from sigma_cloud_alarm_events"));
    }
}
