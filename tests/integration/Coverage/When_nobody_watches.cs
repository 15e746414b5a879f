using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.IntegrationTests.Pipeline;
using Sigma.IntegrationTests.Stations;
using Sigma.Notifier;
using static Sigma.IntegrationTests.Coverage.Watching;
using Fault = Sigma.Simulator.Faults.Fault;

namespace Sigma.IntegrationTests.Coverage;

/// <summary>A tracker that went blind says so itself.</summary>
public sealed class When_nobody_watches(ITestOutputHelper output)
{
    [Fact]
    public async Task Segware_down_for_eleven_minutes_is_told_once_by_two_notifiers_and_once_that_it_is_over()
    {
        await using var station = await Station.Create(output);
        var (simulator, fetcher) = await StartWatching(station);
        await station.StartNotifier();

        var outage = simulator.Faults.Add(Fault.WithStatus("/v1/events", 500));
        for (var minute = 0; minute < 11; minute++)
        {
            station.Clock.Advance(TimeSpan.FromMinutes(1));
            await station.Poll(fetcher);
        }
        var warning = await Message(simulator, "Monitoramento parado");
        if (station.Faults is null) // else the last reason may be an injected one
            Assert.Contains("500", warning); // as the fetcher told it
        await AssertNothingElse(station, simulator, 1);

        outage.Dispose();
        await CatchUp(station, fetcher);
        var end = await Message(simulator, "Monitoramento normalizado", fetcher);
        Assert.Matches(@"Parado de \d\d/\d\d \d\d:\d\d até \d\d/\d\d \d\d:\d\d \(1\d min\)", end);
        await AssertNothingElse(station, simulator, 2);
        Assert.Equal(2, await station.Count("select count(*) from notifier_notices where state = 'sent'"));
    }

    [Fact]
    public async Task A_fetcher_that_is_gone_altogether_is_noticed_by_the_notifiers_own_clock()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("the fetcher's last word would be an injected error, and that is what people are told then");
        var (simulator, fetcher) = await StartWatching(station);
        await station.Stop(fetcher.Service);

        station.Clock.Advance(TimeSpan.FromMinutes(9));
        await SomeMoreLooks(station);
        Assert.Empty(simulator.Received.Messages);
        station.Clock.Advance(TimeSpan.FromMinutes(2));

        await Message(simulator, "a coleta não dá notícias");
    }

    [Fact]
    public async Task Evaluators_that_stand_still_are_told_although_the_fetcher_goes_on()
    {
        await using var station = await Station.Create(output);
        Quickly(station);
        var simulator = await station.StartSimulator();
        await station.StartNotifier();
        var evaluator = await station.StartEvaluator();
        var fetcher = await station.StartFetcher();
        await UntilHeard(station, fetcher);
        await station.Stop(evaluator);

        for (var minute = 0; minute < 12; minute++)
        {
            station.Clock.Advance(TimeSpan.FromMinutes(1));
            await fetcher.Poll();
        }
        await UntilHeard(station, fetcher);
        var warning = await Message(simulator, "Monitoramento parado");
        if (station.Faults is null) // else lost reports may be the first reason
            Assert.Contains("os eventos chegam, mas não são contados", warning);

        await station.StartEvaluator();
        await Message(simulator, "Monitoramento normalizado", fetcher);
        await AssertNothingElse(station, simulator, 2);
    }

    [Fact]
    public async Task A_short_outage_is_not_told()
    {
        await using var station = await Station.Create(output);
        var (simulator, fetcher) = await StartWatching(station);

        var outage = simulator.Faults.Add(Fault.WithStatus("/v1/events", 500));
        for (var minute = 0; minute < 8; minute++)
        {
            station.Clock.Advance(TimeSpan.FromMinutes(1));
            await station.Poll(fetcher);
        }
        await SomeMoreLooks(station);
        outage.Dispose();
        await CatchUp(station, fetcher);
        await SomeMoreLooks(station);

        Assert.Empty(simulator.Received.Messages);
        Assert.Equal(0, await station.Count("select count(*) from notifier_notices"));
    }

    [Fact]
    public async Task A_new_installation_that_never_sees_anything_says_so_after_the_same_time()
    {
        await using var station = await Station.Create(output);
        Quickly(station);
        var simulator = await station.StartSimulator();
        var notifier = await station.StartNotifier();
        await Await.Until(() => station.Count("select count(*) from notifier_watermarks where source = ''"), rows => rows == 1,
            "a first report is expected");
        station.Clock.Advance(TimeSpan.FromMinutes(9));
        await SomeMoreLooks(station);
        Assert.Empty(simulator.Received.Messages);

        station.Clock.Advance(TimeSpan.FromMinutes(2));
        await Message(simulator, "Monitoramento não começou");

        await Publish(notifier, Report(station, ago: TimeSpan.Zero));
        await Await.Until(async () =>
        {
            // until it comes after the report
            await Publish(notifier, new CoverageCounted { Source = "segware", Through = station.Clock.GetUtcNow() });
            return simulator.Received.Messages.Any(m => m.Message.Contains("Eventos de segware são verificados de novo", StringComparison.Ordinal));
        }, "the end is told");
        await AssertNothingElse(station, simulator, 2);
        Assert.Equal(1, await station.Count("select count(*) from notifier_watermarks"));
    }

    [Fact]
    public async Task Repeated_and_older_reports_change_nothing()
    {
        await using var station = await Station.Create(output);
        Quickly(station);
        var simulator = await station.StartSimulator();
        var notifier = await station.StartNotifier();
        var old = Report(station, ago: TimeSpan.FromHours(1));
        var fresh = Report(station, ago: TimeSpan.Zero);
        foreach (var report in (CoverageReported[])[fresh, old, fresh, fresh, old])
            await Publish(notifier, report);
        await station.Quiet();
        await SomeMoreLooks(station);

        Assert.Empty(simulator.Received.Messages);
        Assert.Equal(fresh.Watermark.ToUnixTimeMilliseconds(), await station.Count("select watermark from notifier_watermarks"));
    }

    [Fact]
    public async Task A_notifier_that_was_down_reads_what_waits_for_it_before_it_judges()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("whether three seconds are enough to read what waits");
        const string Unwatched = "Eventos de other";
        station.Settings["Notifier:Blindness:Grace"] = "00:00:03";
        Quickly(station);
        var simulator = await station.StartSimulator();
        var (notifier, _) = (await station.StartNotifier(), await station.StartEvaluator());
        var fetcher = await station.StartFetcher();
        await UntilHeard(station, fetcher);
        await Publish(notifier, Report(station, ago: TimeSpan.Zero) with { Source = "other" }); // nobody reports of this one again
        await Await.Until(() => station.Count("select count(*) from notifier_watermarks where source = 'other'"), rows => rows == 1,
            "the other source is known");
        await station.Stop(notifier);
        for (var poll = 0; poll < 6; poll++)
        {
            station.Clock.Advance(TimeSpan.FromMinutes(10));
            await fetcher.Poll();
        }
        await fetcher.Poll(); // should the last report be lost
        Assert.NotEqual(0u, await station.Mailbox.Waiting(NotifierQueues.Coverage));

        await station.StartNotifier();
        await Message(simulator, Unwatched); // it judges
        await SomeMoreLooks(station);

        Assert.Contains(Unwatched, Assert.Single(simulator.Received.Messages).Message);
        Assert.Equal(1, await station.Count("select count(*) from notifier_notices"));
    }

    [Fact]
    public async Task Segware_is_told_too_where_an_account_is_set_for_it()
    {
        await using var station = await Station.Create(output);
        station.Settings["Notifier:Blindness:SegwareAccountId"] = "7";
        var (simulator, fetcher) = await StartWatching(station);
        await station.Stop(fetcher.Service);
        station.Clock.Advance(TimeSpan.FromMinutes(11));

        await Await.Until(() => Task.FromResult(simulator.Received.AlarmEvents.Count), alarms => alarms == 1, "Segware has the event");
        Assert.StartsWith("Monitoramento parado; Eventos de segware", simulator.Received.AlarmEvents[0].Item.Complement);
        await Message(simulator, "Monitoramento parado");
    }

    static CoverageReported Report(Station station, TimeSpan ago) => new()
    {
        Source = "segware", Watermark = station.Clock.GetUtcNow() - ago, ReportedAt = station.Clock.GetUtcNow() - ago, Reason = null,
    };

    // Asynchronous, so that MassTransit's log context of a notifier that stops does not stay with the test.
    static async Task Publish<T>(WebApplication service, T report)
        where T : class => await service.Services.GetRequiredService<IBus>().Publish(report);
}
