using Sigma.Simulator;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Segware;

namespace Sigma.ServiceTests.Fetcher;

public sealed class Excused_occurrences
{
    [Fact]
    public async Task Go_out_with_the_events_and_are_announced_once()
    {
        await using var session = await FetcherSession.Start();
        session.AddEvents(3, session.Now - TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1), occurrence: "41");
        session.AddEvents(3, session.Now - TimeSpan.FromMinutes(4), TimeSpan.FromSeconds(1), occurrence: "42");
        Close(session, "41");

        await session.Poll();
        await session.Poll();

        await session.Received.Until(r => r.EventIds.Count == 6 && r.Excused.Count > 0, "six events and the announcement");
        Assert.Equal(["41"], session.Received.Batches.SelectMany(b => b.ExcusedOccurrenceIds));
        Assert.Equal(["41"], session.Received.Excused.SelectMany(e => e.OccurrenceIds));
    }

    [Fact]
    public async Task Are_awaited_so_that_their_events_never_go_out_without_the_excuse()
    {
        await using var session = await FetcherSession.Start();
        session.AddEvents(3, session.Now - TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1), occurrence: "41");
        Close(session, "41");
        session.Simulator.Faults.Add(Fault.Slow("/v2/occurrences", TimeSpan.FromSeconds(1)));

        await session.Poll();

        await session.Received.Until(r => r.EventIds.Count == 3, "the events");
        Assert.Equal(["41"], session.Received.Batches.SelectMany(b => b.ExcusedOccurrenceIds));
    }

    [Fact]
    public async Task Do_not_hold_up_events_when_they_cannot_be_read()
    {
        await using var session = await FetcherSession.Start();
        session.AddEvents(3, session.Now - TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1), occurrence: "41");
        session.Simulator.Faults.Add(Fault.WithStatus("/v2/occurrences", 500));

        Assert.Equal((8, 0), ((await session.Poll()) is var result ? (result.Published, result.Failed) : default));

        await session.Received.Until(r => r.EventIds.Count == 3, "the events");
        Assert.Empty(session.Received.Excused);
    }

    [Fact]
    public async Task Closed_late_are_announced_and_go_out_again_with_a_slice_asked_for_again()
    {
        await using var session = await FetcherSession.Start();
        session.AddEvents(3, session.Now - TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1), occurrence: "41");
        await session.Poll();
        await session.Received.Until(r => r.EventIds.Count == 3, "the events while the occurrence was open");
        Close(session, "41");
        session.Clock.Now += TimeSpan.FromMinutes(1);

        await session.Poll();

        await session.Received.Until(r => r.Excused.Count == 1 && r.EventIds.Count == 6, "the announcement, and the events with their excuse");
    }

    [Fact]
    public async Task More_than_an_answer_may_have_are_asked_for_in_halves_and_announced_in_parts()
    {
        await using var session = await FetcherSession.Start(new SimulatorOptions { OccurrenceLimit = 200 });
        for (var i = 0; i < 2500; i++)
            Close(session, $"{i}", session.Now - TimeSpan.FromSeconds(i + 1));

        await session.Poll();

        await session.Received.Until(r => r.Excused.SelectMany(e => e.OccurrenceIds).Distinct().Count() == 2500, "all of them");
        Assert.Equal(3, session.Received.Excused.Count);
    }

    static void Close(FetcherSession session, string id, DateTimeOffset? openedAt = null) => session.Simulator.Segware.Add(new Occurrence
    {
        Id = id, OpenedAt = openedAt ?? session.Now - TimeSpan.FromMinutes(5), ClosedAt = session.Now, ClosedByUserId = 52583,
    });
}
