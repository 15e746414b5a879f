using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Board;

namespace Sigma.UnitTests.Console.Board;

public sealed class Last_changes
{
    [Fact]
    public void Are_found_from_any_place_that_is_still_here()
    {
        BoardChanges changes = new();
        changes.Clear(100);
        Assert.Null(changes.After(99));
        Assert.Empty(changes.After(100)!);
        for (var sequence = 101; sequence <= 13_000; sequence++)
            changes.Add(Change(sequence));

        Assert.Null(changes.After(4_999));
        Assert.Equal(8_000, changes.After(5_000)!.Count);
        Assert.Equal([12_999L, 13_000L], changes.After(12_998)!.Select(change => change.Sequence));
        Assert.Empty(changes.After(30_000)!);
    }

    static BoardChange Change(long sequence) => new(sequence, new BoardAlert(new AlertView
    {
        AlertId = Guid.Empty, Sequence = sequence, Rule = "r", Kind = "count", Severity = "warning", Source = "s",
        Labels = new Dictionary<string, string>(), RaisedAt = DateTimeOffset.UnixEpoch,
    }, Texts), null);

    static BoardTexts Texts { get; } = new();
}
