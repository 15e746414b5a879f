using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.Notifier.SelfMonitoring;
using Sigma.Notifier.SystemNotices;
using Fault = Sigma.Simulator.Faults.Fault;

namespace Sigma.ServiceTests.Notifier;

public sealed class Warnings_without_a_database
{
    readonly ShiftedClock _clock = new();

    [Fact]
    public async Task Has_an_end_too_when_the_first_report_of_all_came_before_it_was_written_down()
    {
        await using var notifier = await Start();
        await Look(notifier); // from now on a report is expected
        await Look(notifier);

        _clock.Advance(TimeSpan.FromMinutes(11));
        await LookWithoutDatabase(notifier);
        Assert.Contains("Monitoramento não começou", Assert.Single(notifier.Simulator.Received.Messages).Message);

        await Report(notifier);
        await Look(notifier);
        Assert.Equal(2, notifier.Simulator.Received.Messages.Count);
        Assert.Contains("Eventos de segware são verificados de novo", notifier.Simulator.Received.Messages[1].Message);
    }

    [Fact]
    public async Task Is_told_also_when_the_end_of_the_last_one_was_told_just_before()
    {
        await using var notifier = await Start();
        await Look(notifier);
        await Report(notifier);
        _clock.Advance(TimeSpan.FromMinutes(11));
        await Look(notifier);
        await Report(notifier);
        await Look(notifier);
        Assert.Contains("Monitoramento normalizado", notifier.Simulator.Received.Messages[1].Message);

        _clock.Advance(TimeSpan.FromMinutes(11));
        await LookWithoutDatabase(notifier);

        Assert.Equal(3, notifier.Simulator.Received.Messages.Count);
        Assert.Contains("o banco de dados não responde", notifier.Simulator.Received.Messages[2].Message);
    }

    [Fact]
    public async Task Is_not_told_again_where_ChatPro_took_it_without_a_receipt()
    {
        await using var notifier = await Start();
        await Look(notifier);
        await Report(notifier);
        await Look(notifier);
        using var odd = notifier.Simulator.Faults.Add(Fault.Answering("*/send_message", 200) with { WorkIsDone = true });

        _clock.Advance(TimeSpan.FromMinutes(11));
        await LookWithoutDatabase(notifier);
        await LookWithoutDatabase(notifier);

        Assert.Single(notifier.Simulator.Received.Messages);
    }

    [Fact]
    public async Task A_warning_that_ChatPro_took_without_a_receipt_is_a_doubt_and_its_end_is_told()
    {
        await using var notifier = await Start();
        await Look(notifier);
        await Report(notifier);
        _clock.Advance(TimeSpan.FromMinutes(11));
        using (notifier.Simulator.Faults.Add(Fault.Answering("*/send_message", 201, "{}") with { WorkIsDone = true }))
            await Look(notifier);
        await Look(notifier);
        Assert.Equal(["warning uncertain"],
            await notifier.Query<string>("select kind || ' ' || state from notifier_notices where channel = 'whatsapp'"));

        await Report(notifier);
        await Look(notifier);

        Assert.Equal(2, notifier.Simulator.Received.Messages.Count);
        Assert.Contains("Monitoramento normalizado", notifier.Simulator.Received.Messages[1].Message);
    }

    /// <summary>A notifier that looks only when it is told to.</summary>
    async Task<NotifierSession> Start()
    {
        var notifier = await NotifierSession.Start(_clock, ("Notifier:Blindness:Grace", "00:00:00"));
        await notifier.EndSchedule();
        return notifier;
    }

    static async Task Look(NotifierSession notifier)
    {
        await notifier.Services.GetRequiredService<SourceMonitor>().Run(default);
        await notifier.Services.GetRequiredService<NoticeSender>().Run(default);
    }

    static Task LookWithoutDatabase(NotifierSession notifier) => notifier.Services.GetRequiredService<WarnWithoutDatabase>().Check(default);

    async Task Report(NotifierSession notifier)
    {
        var now = _clock.GetUtcNow();
        await notifier.Publish(new CoverageReported { Source = "segware", Watermark = now, ReportedAt = now, Reason = null });
        await Seen(notifier, "reported_at", now);
        await notifier.Publish(new CoverageCounted { Source = "segware", Through = now });
        await Seen(notifier, "counted_until", now);
    }

    static Task Seen(NotifierSession notifier, string what, DateTimeOffset at) => notifier.Until(
        async () => (await notifier.Query<long>($"select count(*) from notifier_watermarks where {what} >= {at.ToUnixTimeMilliseconds()}"))[0] == 1,
        $"{what} is not {at}");
}
