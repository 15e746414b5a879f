using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Board;
using Sigma.OperatorConsole.Pages.Board;

namespace Sigma.UnitTests.Console.Pages;

public sealed class Board_line_by_line
{
    [Fact]
    public void Flat_each_alert_is_a_line()
    {
        BoardLines lines = new(Result(3), new HashSet<string>());
        Assert.Equal(3, lines.Count);
        Assert.Equal(["0", "1", "2"], Enumerable.Range(0, 3).Select(i => lines[i].Alert?.Rule));
    }

    [Fact]
    public void Grouped_each_group_begins_with_its_heading()
    {
        BoardLines lines = new(Result(5, ("a", 2), ("b", 1), ("c", 2)), new HashSet<string>());
        Assert.Equal("[a] 0 1 [b] 2 [c] 3 4", Shown(lines));
    }

    [Fact]
    public void A_folded_group_is_its_heading_alone()
    {
        Assert.Equal("[a] [b] 2 [c] 3 4", Shown(new(Result(5, ("a", 2), ("b", 1), ("c", 2)), new HashSet<string> { "a" })));
        Assert.Equal("[a] 0 1 [b] [c]", Shown(new(Result(5, ("a", 2), ("b", 1), ("c", 2)), new HashSet<string> { "b", "c" })));
        Assert.Equal("[a] [b] [c]", Shown(new(Result(5, ("a", 2), ("b", 1), ("c", 2)), new HashSet<string> { "a", "b", "c", "gone" })));
    }

    [Fact]
    public void Nothing_has_no_lines() => Assert.Equal(0, new BoardLines(Result(0), new HashSet<string>()).Count);

    static string Shown(BoardLines lines) => string.Join(' ', Enumerable.Range(0, lines.Count)
        .Select(i => lines[i] is { Group: { } group } ? $"[{group.Key}]" : lines[i].Alert!.Rule));

    static BoardResult Result(int rows, params (string Key, int Count)[] groups)
    {
        var from = 0;
        List<BoardGroup> made = [];
        foreach (var (key, count) in groups)
        {
            made.Add(new(key, key, from, count, 0, "warning", default, []));
            from += count;
        }
        return new(null!, [.. Enumerable.Range(0, rows).Select(Alert)], made, [], 0, null);
    }

    static AlertView Alert(int number) => new()
    {
        AlertId = Guid.NewGuid(), Sequence = number, Rule = $"{number}", Kind = "count", Severity = "warning", Source = "segware",
        Labels = new Dictionary<string, string>(), RaisedAt = default,
    };
}
