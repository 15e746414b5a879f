using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.Notifier.Blindness;
using Sigma.Notifier.Notices;

namespace Sigma.UnitTests.Notifier;

public sealed class What_was_told_while_the_database_was_away
{
    readonly ShiftedClock _clock = new();

    [Fact]
    public async Task Has_an_end_too_when_the_first_report_of_all_came_before_it_was_written_down()
    {
        await using var notifier = await NotifierSession.Start(_clock, ("Notifier:Blindness:CheckEvery", "01:00:00"), ("Notifier:Blindness:Grace", "00:00:00"));
        var watch = notifier.Services.GetRequiredService<BlindnessWatch>();
        await watch.Run(default); // from now on a report is expected
        await watch.Run(default);

        _clock.Advance(TimeSpan.FromMinutes(11));
        await notifier.Services.GetRequiredService<LastResort>().Look(default);
        Assert.Contains("Monitoramento não começou", Assert.Single(notifier.Simulator.Received.Messages).Message);

        var now = _clock.GetUtcNow();
        await notifier.Publish(new CoverageReported { Source = "segware", Watermark = now, ReportedAt = now, Reason = null });
        await Seen(notifier, "source = 'segware'");
        await notifier.Publish(new CoverageCounted { Source = "segware", Through = now });
        await Seen(notifier, "counted_until > since");
        await watch.Run(default);
        await notifier.Services.GetRequiredService<NoticeSender>().Run();

        await notifier.Until(() => Task.FromResult(notifier.Simulator.Received.Messages.Count == 2), "the end is not told");
        Assert.Contains("Eventos de segware são verificados de novo", notifier.Simulator.Received.Messages[1].Message);
    }

    static Task Seen(NotifierSession notifier, string what) => notifier.Until(
        async () => (await notifier.Query<long>($"select count(*) from notifier_watermarks where {what}"))[0] == 1, $"no row has {what}");
}
