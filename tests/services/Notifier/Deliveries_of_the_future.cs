using Microsoft.Extensions.DependencyInjection;
using Sigma.Notifier.Deliveries;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

/// <summary>Rows that a notifier left behind whose clock was hours ahead.</summary>
public sealed class Deliveries_of_the_future
{
    static readonly long InThreeHours = TimeProvider.System.GetUtcNow().AddHours(3).ToUnixTimeMilliseconds();

    [Theory, InlineData("sending"), InlineData("pending"), InlineData("waiting")]
    public async Task Are_sent_now(string state)
    {
        await using var notifier =
            await Start(("Notifier:Channels:SegwareAlarmEvent:Enabled", "false"), ("Notifier:Deliveries:OverdueAfter", "00:00:00.1"));
        var sweep = notifier.Services.GetRequiredService<Sweep>();
        var alert = Guid.NewGuid();
        await notifier.Publish(Raised(alert));
        await notifier.Until(alert, "whatsapp raised: sent");

        await notifier.Execute(
            $"update notifier_deliveries set state = '{state}', settled_at = null, claimed_until = {InThreeHours}, next_attempt_at = {InThreeHours}");
        await notifier.Execute($"update notifier_recipients set held_until = {InThreeHours}, wake_at = {InThreeHours}, free_at = {InThreeHours}");

        await notifier.Until(async () =>
        {
            await sweep.SendAgain(default);
            return notifier.Simulator.Received.Messages.Count == 2;
        }, "the delivery waits for three hours");
        await notifier.Until(alert, "whatsapp raised: sent");
    }
}
