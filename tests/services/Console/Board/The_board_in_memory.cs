using Sigma.OperatorConsole.Board;
using Sigma.OperatorConsole.Projection;
using Sigma.ServiceTests.Console.Alerts;
using static Sigma.ServiceTests.Console.Alerts.AlertsSession;

namespace Sigma.ServiceTests.Console.Board;

public sealed class The_board_in_memory
{
    static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Follows_what_is_written_and_tells_of_it()
    {
        await using var console = await Start();
        var told = 0;
        console.Board.Changed += () => Interlocked.Increment(ref told);
        var alert = Raised("7");
        await console.Store(ProjectedMessages.Of(alert));
        await Shows(console, 1);
        await Await.Until(() => Task.FromResult(told > 0), "it is told");
        Assert.Null(console.Board.StaleSince);

        await console.Store(ProjectedMessages.Of(Cleared(alert, console.Clock.GetUtcNow())));
        await Shows(console, 0);
        Assert.Null(console.Board.Find(alert.AlertId, Everybody));
    }

    [Fact]
    public async Task Keeps_critical_ones_that_nobody_has_acknowledged_for_a_day()
    {
        await using var console = await Start();
        var now = console.Clock.GetUtcNow();
        var (critical, warning) = (Raised("7", "critical", at: now), Raised("8", at: now));
        await console.Store(ProjectedMessages.Of(critical), ProjectedMessages.Of(warning));
        await Shows(console, 2);
        await console.Store(ProjectedMessages.Of(Cleared(critical, now)), ProjectedMessages.Of(Cleared(warning, now)));
        await Shows(console, 0);

        Assert.Empty(console.Board.Find(BoardFilter.All, Everybody).Rows);
        Assert.Equal(critical.AlertId, Assert.Single(console.Board.Find(new BoardFilter { Keep = true }, Everybody).Rows).AlertId);

        console.Clock.Advance(TimeSpan.FromHours(25));
        await Await.Until(() => Task.FromResult(console.Board.Find(new BoardFilter { Keep = true }, Everybody).Rows.Count), count => count == 0,
            "it has gone");
    }

    [Fact]
    public async Task Counts_raises_by_the_hour_also_of_what_is_over()
    {
        await using var console = await Start();
        var now = console.Clock.GetUtcNow();
        for (var i = 3; i > 0; i--)
        {
            var alert = Raised("7", at: now.AddHours(-i));
            await console.Store(ProjectedMessages.Of(alert), ProjectedMessages.Of(Cleared(alert, now.AddHours(-i).AddMinutes(1))));
        }
        await console.Raise("7", at: now);
        await console.Raise("8", at: now);

        var groups = console.Board.Find(new BoardFilter { GroupBy = "account" }, Everybody).Groups;

        Assert.Equal([4, 1], groups.OrderBy(group => group.Key).Select(group => group.Hours.Sum()));
        Assert.All(console.Board.Find(new BoardFilter { GroupBy = "rule" }, Everybody with { Limits = Limits("account", "8") }).Groups,
            group => Assert.Equal(1, group.Hours.Sum()));
    }

    [Fact]
    public async Task Finds_once_for_all_who_look_with_the_same_filter()
    {
        await using var console = await Start();
        await console.Raise("7");

        var one = console.Board.Current.Find(BoardFilter.Parse("?severity=warning&q=x"), Everybody.Limits);
        Assert.Same(one, one.Snapshot.Find(BoardFilter.Parse("q=x&severity=warning"), Everybody.Limits));
        Assert.NotSame(one, one.Snapshot.Find(BoardFilter.Parse("q=x&severity=warning"), Limits("account", "7")));
    }

    [Fact]
    public async Task Views_are_each_persons_own()
    {
        await using var console = await Start();
        var views = console.Get<SavedViews>();
        var bia = Everybody with { Name = "Bia" };
        Assert.Equal(SaveOutcome.Saved, await views.Save(" night ", "?severity=critical&group=account", Everybody, None));
        Assert.Equal(SaveOutcome.Saved, await views.Save("night", "severity=high", Everybody, None));
        Assert.Equal(SaveOutcome.NameInvalid, await views.Save(" ", "severity=high", Everybody, None));
        Assert.Equal(SaveOutcome.Saved, await views.Save("night", "severity=low", bia, None));

        Assert.Equal([new SavedView("night", "severity=high")], await views.List(Everybody, None));
        Assert.True(await views.Delete("night", Everybody, None));
        Assert.False(await views.Delete("night", Everybody, None));
        Assert.Single(await views.List(bia, None));
    }

    static Task Shows(AlertsSession console, int raised) =>
        Await.Until(() => Task.FromResult(console.Board.Current.Raised), count => count == raised, $"{raised} are raised");
}
