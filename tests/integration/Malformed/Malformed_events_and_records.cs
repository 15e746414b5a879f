using System.Text.Json;
using Sigma.IntegrationTests.Coverage;
using Sigma.IntegrationTests.Explaining;
using Sigma.IntegrationTests.Pipeline;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;
using Sigma.Simulator;
using Sigma.Simulator.Segware;
using static Sigma.IntegrationTests.Coverage.Watching;

namespace Sigma.IntegrationTests.Malformed;

/// <summary>Records that nobody expects, from Segware to what people are told.</summary>
public sealed class Malformed_events_and_records(ITestOutputHelper output)
{
    [Fact]
    public async Task Concerns_no_other_event_and_is_shown_by_status_and_explain()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("what is shown is counted");
        var (simulator, fetcher) = await station.StartAll();
        var at = station.Clock.GetUtcNow().AddMinutes(-10);
        simulator.Segware.AddBurst(1, "ALR", "E130", 18, at, TimeSpan.FromSeconds(5));
        Add(simulator, at, """{"id":9001,"accountId":1,"cuc":"ALR","code":"E13\ud83d"}""");
        Add(simulator, at, """{"id":9002,"accountId":1,"cuc":"ALR","code":NaN}""");
        Add(simulator, at, $$"""{"id":9003,"accountId":1,"cuc":"alr","code":"e130","eventDate":"9999-12-31T23:59:59Z"}""");
        Add(simulator,
            at, $$"""{"id":9004,"accountId":1,"cuc":"ALR","code":"E130","eventDate":"{{at:O}}","occurrenceId":"{{new string('4', 256)}}"}""");
        await station.Poll(fetcher);
        using var shell = new Shell(station);

        Assert.Equal(20, Assert.Single(station.Alerts.Raised).Message.GetProperty("count").GetInt32());
        Assert.Equal(0, await station.Count("select count(*) from fetcher_slices where state <> 'published'"));
        var told = (await shell.Json("status")).Lines.Single(line => ExplainOutput.Text(line, "kind") == "odd");
        Assert.Equal(("fetcher", 3, 1),
            (ExplainOutput.Text(told, "by"), told.GetProperty("number").GetInt32(), told.GetProperty("counted").GetInt32()));
        var text = (await shell.Sigma("status")).Output;
        Assert.Contains("3 records of segware put aside by the fetcher within a day, 1 of them counted all the same.\n  The newest", text);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 100));

        var explainOutput = await ExplainOutput.Of(shell, "1");
        Assert.Equal(["code has half a character", "it is not JSON: 'N' is an invalid start of a value",
            "occurrenceId is longer than 128 characters, a hash stands for it"],
            explainOutput.Lines.Where(line => ExplainOutput.Text(line, "kind") == "odd").Select(line => ExplainOutput.Text(line, "reason")).Order());
        Assert.Contains(explainOutput.Lines,
            line => ExplainOutput.Text(line, "kind") == "oddTime" && ExplainOutput.Text(line, "reported") == "9999-12-31T23:59:59Z");
        var words = (await shell.Sigma("explain", "1")).Output;
        output.WriteLine(words);
        Assert.Contains("the source says 9999-12-31T23:59:59Z: 9003", words.ReplaceLineEndings(" ").Replace("   ", " "));
        Assert.Contains("code has half a character", words);
    }

    [Theory, InlineData("2000-01-01T00:00:00Z"), InlineData("2099-01-01T00:00:00Z")]
    public async Task An_absurd_time_neither_ends_an_alert_at_once_nor_keeps_it_for_ever(string absurd)
    {
        await using var station = await Station.Create(output);
        var (simulator, fetcher) = await station.StartAll();
        var at = station.Clock.GetUtcNow().AddMinutes(-10);
        for (var i = 0; i < 20; i++)
            Add(simulator, at.AddSeconds(i),
                $$"""{"id":{{i + 1}},"accountId":5,"cuc":"ALR","code":"E130","eventDate":"{{absurd}}","receivedDate":"{{at.AddSeconds(i):O}}"}""");
        await station.Poll(fetcher);
        await station.Alerts.UntilRaised(1);
        await station.Quiet();
        Assert.Empty(station.Alerts.Cleared);
        Assert.Equal(1, await station.Count("select count(*) from sigma_cloud_events_tracker_registers"));

        station.Clock.Advance(TimeSpan.FromHours(3));
        await station.Poll(fetcher);

        await station.Alerts.UntilCleared(1);
    }

    [Fact]
    public async Task A_field_that_is_renamed_at_the_source_is_told_and_clears_no_alert_until_the_time_can_be_read()
    {
        await using var station = await Station.Create(output);
        var (simulator, fetcher) = await StartWatching(station);
        simulator.Segware.AddBurst(1, "ALR", "E130", 25, station.Clock.GetUtcNow().AddSeconds(10), TimeSpan.FromSeconds(1));
        station.Clock.Advance(TimeSpan.FromMinutes(1));
        await station.Poll(fetcher);
        await station.Alerts.UntilRaised(1);

        for (var minute = 0; minute < 12; minute++)
        {
            station.Clock.Advance(TimeSpan.FromMinutes(1));
            Add(simulator, station.Clock.GetUtcNow().AddSeconds(-20),
                $$"""{"accountNumber":1,"cuc":"ALR","code":"E130","id":"renamed-{{minute}}"}""");
            await station.Poll(fetcher);
        }
        var warning = await Message(simulator, "Monitoramento parado", fetcher);
        if (station.Faults is null) // else the last reason may be an injected one
            Assert.Contains("1 of 1 records cannot be read: accountId is missing", warning);

        station.Clock.Advance(TimeSpan.FromMinutes(105)); // the events have left the window, of which twelve minutes are not known
        await station.Poll(fetcher);
        await station.Quiet();
        Assert.Empty(station.Alerts.Cleared);

        simulator.Segware.AddBurst(2, "ALR", "E130", 1, station.Clock.GetUtcNow(), TimeSpan.FromSeconds(1));
        await CatchUp(station, fetcher);
        await station.Alerts.UntilCleared(1);
        await Message(simulator, "Monitoramento normalizado", fetcher);
    }

    static void Add(SimulatorApp simulator, DateTimeOffset at, string raw) =>
        simulator.Segware.Add(new SegwareEvent { AccountId = 1, Cuc = "ALR", Code = "E130", At = at, Raw = raw });
}
