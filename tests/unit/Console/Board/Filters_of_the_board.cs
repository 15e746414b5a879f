using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Board;
using Sigma.Storage;

namespace Sigma.UnitTests.Console.Board;

/// <summary>What filters find, compared with what a few lines find that look at one alert after the other.</summary>
public sealed class Filters_of_the_board
{
    static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    static readonly string[] Severities = ["critical", "high", "warning", "low", "strange"], Sites = ["north", "south", ""];
    static readonly string?[] Companies = ["Alfa", "Beta", "alfa", null];

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Find_what_brute_force_finds(int seed)
    {
        Random random = new(seed);
        var board = Snapshot([.. Enumerable.Range(0, 400).Select(_ => Alert(random))]);
        for (var i = 0; i < 150; i++)
        {
            var filter = Filter(random);
            var limits = random.Next(3) switch
            {
                0 => LabelLimits.None,
                1 => Limits("company", "Alfa", "Beta"),
                _ => Limits("site", "north", ""),
            };
            var found = board.Find(filter, limits);

            var expected = board.Alerts.Select(alert => alert.View).Where(alert => Fits(alert, filter, limits)).ToList();
            Assert.Equal(expected.Select(alert => alert.AlertId).Order(), found.Rows.Select(alert => alert.AlertId).Order());
            Assert.Equal(expected.Count(alert => alert.AcknowledgedAt is null), found.Unacknowledged);
            CheckFacets(board, filter, limits, found);
            if (filter.GroupBy is null)
                CheckOrder(found.Rows, filter.Sort);
            else
                CheckGroups(found, filter);
            Assert.Equal(filter, BoardFilter.Parse(filter.ToQuery()));
        }
    }

    [Fact]
    public void A_hundred_thousand_alerts_are_filtered_within_a_moment()
    {
        Random random = new(7);
        var board = Snapshot([.. Enumerable.Range(0, 100_000).Select(_ => Alert(random))]);
        board.Find(BoardFilter.Parse("q=nothing"), LabelLimits.None);
        var fastest = Enumerable.Range(0, 5).Min(i =>
        {
            var started = System.Diagnostics.Stopwatch.GetTimestamp();
            board.Find(BoardFilter.Parse($"severity=critical&q=padaria+{i}"), LabelLimits.None);
            return System.Diagnostics.Stopwatch.GetElapsedTime(started);
        });
        Assert.True(fastest < TimeSpan.FromMilliseconds(500), $"{fastest}"); // some ten where nothing else runs
    }

    [Fact]
    public void Nothing_that_is_said_of_others_is_told_to_who_sees_a_part()
    {
        Random random = new(5);
        var board = Snapshot([.. Enumerable.Range(0, 300).Select(_ => Alert(random))]);
        var found = board.Find(new BoardFilter { GroupBy = "rule" }, Limits("company", "Alfa"));

        Assert.All(found.Rows, alert => Assert.Equal("Alfa", alert.Company));
        Assert.Equal("Alfa", found.Facets.Single(facet => facet.Name == "company").Values.Single().Value);
        var raised = board.Alerts.Count(alert => alert.View is { Company: "Alfa", Shadow: false } && alert.View.RaisedAt > Now.AddHours(-23));
        Assert.True(found.Groups.Sum(group => group.Hours.Sum()) <= raised + 1);
    }

    [Fact]
    public void Words_are_found_without_their_accents()
    {
        Assert.Equal("padaria do ze sao joao", SearchText.Fold("PADARIA DO ZÉ São João"));
        Assert.Equal("lodz", SearchText.Fold("Łódź"));
    }

    [Fact]
    public void A_list_goes_on_behind_an_alert_that_has_gone()
    {
        Random random = new(3);
        foreach (var sort in Enum.GetValues<BoardSort>())
        {
            var all = Enumerable.Range(0, 100).Select(_ => Alert(random)).ToList();
            var rows = Snapshot(all).Find(new BoardFilter { Sort = sort }, LabelLimits.None).Rows;
            var gone = rows[rows.Count / 2];
            var rest = Snapshot([.. all.Where(alert => alert.AlertId != gone.AlertId)]).Find(new BoardFilter { Sort = sort }, LabelLimits.None).Rows;
            var place = BoardPlace.Read(BoardPlace.Of(gone, sort).ToString())!;
            Assert.Equal(rows.Skip(rows.Count / 2 + 1).Select(alert => alert.AlertId),
                rest.Skip(place.After(rest, sort)).Select(alert => alert.AlertId));
            Assert.Equal(rows.Count / 2 + 1, place.After(rows, sort));
        }
    }

    static void CheckFacets(BoardSnapshot board, BoardFilter filter, LabelLimits limits, BoardResult found)
    {
        foreach (var facet in found.Facets)
        {
            Dictionary<string, IReadOnlyList<string>> others = new(filter.Fields);
            others.Remove(facet.Name);
            var counts = board.Alerts.Select(alert => alert.View).Where(alert => Fits(alert, filter with { Fields = others }, limits))
                .GroupBy(alert => alert.Field(facet.Name) ?? "").ToDictionary(group => group.Key, group => group.Count());
            Assert.Equal(counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => (count.Key, count.Value)),
                facet.Values.Where(value => value.Count > 0).OrderBy(value => value.Value, StringComparer.Ordinal)
                    .Select(value => (value.Value, value.Count)));
        }
    }

    static void CheckGroups(BoardResult found, BoardFilter filter)
    {
        Assert.Equal(found.Rows.Count, found.Groups.Sum(group => group.Count));
        foreach (var group in found.Groups)
        {
            var rows = found.Rows.Skip(group.From).Take(group.Count).ToList();
            Assert.All(rows, row => Assert.Equal(group.Key, row.Field(filter.GroupBy!) ?? ""));
            Assert.Equal(rows.Max(row => row.RaisedAt), group.NewestAt);
            Assert.Equal(rows.Min(row => SeverityOrder.Rank(row.Severity)), SeverityOrder.Rank(group.Severity));
            CheckOrder(rows, filter.Sort);
        }
    }

    static void CheckOrder(IReadOnlyList<AlertView> rows, BoardSort sort)
    {
        for (var i = 1; i < rows.Count; i++)
        {
            var order = string.CompareOrdinal(BoardOrder.Text(rows[i - 1], sort), BoardOrder.Text(rows[i], sort));
            var newer = rows[i - 1].RaisedAt >= rows[i].RaisedAt;
            Assert.True(order < 0 || order == 0 && (sort == BoardSort.Oldest ? rows[i - 1].RaisedAt <= rows[i].RaisedAt : newer));
        }
    }

    static bool Fits(AlertView alert, BoardFilter filter, LabelLimits limits) => alert.IsVisibleTo(limits) && alert.Shadow == filter.Shadow
        && (alert.IsRaised || filter.Keep && alert is { Shadow: false, AcknowledgedAt: null, Severity: "critical" or "high" })
        && (filter.Acknowledged is null || filter.Acknowledged == alert.AcknowledgedAt is not null)
        && (filter.Snoozed is null || filter.Snoozed == alert.Snoozed)
        && filter.Fields.All(field => field.Value.Contains(alert.Field(field.Key) ?? ""))
        && SearchText.Words(filter.Text).All(SearchText.Of(alert).Contains);

    static BoardFilter Filter(Random random)
    {
        Dictionary<string, IReadOnlyList<string>> fields = [];
        if (random.Next(3) == 0)
            fields["severity"] = [Severities[random.Next(Severities.Length)], "critical"];
        if (random.Next(3) == 0)
            fields["rule"] = [$"rule {random.Next(4)}", "none"];
        if (random.Next(4) == 0)
            fields["site"] = [random.Next(2) == 0 ? "north" : ""];
        if (random.Next(4) == 0)
            fields["assigned"] = [random.Next(2) == 0 ? "Ana" : ""];
        return new()
        {
            Fields = fields, Text = random.Next(3) == 0 ? "PADARIA 1" : random.Next(3) == 0 ? "zé" : "",
            Acknowledged = random.Next(3) switch { 0 => true, 1 => false, _ => null }, Snoozed = random.Next(5) == 0 ? false : null,
            Shadow = random.Next(8) == 0, Keep = random.Next(2) == 0, Sort = (BoardSort)random.Next(7),
            GroupBy = random.Next(3) switch { 0 => null, 1 => "account", _ => "site" },
        };
    }

    static AlertView Alert(Random random)
    {
        var account = random.Next(12);
        Dictionary<string, string> labels = new() { ["account"] = $"{account}", ["code"] = $"E{random.Next(5)}" };
        if (random.Next(2) == 0)
            labels["site"] = Sites[random.Next(Sites.Length)];
        var raised = Now.AddSeconds(-random.Next(200_000));
        return new()
        {
            AlertId = new Guid(Enumerable.Range(0, 16).Select(_ => (byte)random.Next(256)).ToArray()), Sequence = random.Next(),
            Rule = $"rule {random.Next(4)}", Kind = "count", Severity = Severities[random.Next(Severities.Length)],
            Source = random.Next(5) == 0 ? "metrics" : "segware", Labels = labels,
            TradeName = random.Next(4) == 0 ? null : $"Padaria do Zé {account}", Company = Companies[random.Next(Companies.Length)],
            RaisedAt = raised, AcknowledgedAt = random.Next(2) == 0 ? raised.AddMinutes(1) : null,
            AssignedTo = random.Next(3) == 0 ? "Ana" : null, Snoozed = random.Next(4) == 0, Shadow = random.Next(10) == 0,
            ClearedAt = random.Next(5) == 0 ? raised.AddMinutes(2) : null,
        };
    }

    static LabelLimits Limits(string name, params string[] values) => new(new Dictionary<string, IReadOnlyList<string>> { [name] = values });

    static BoardSnapshot Snapshot(IReadOnlyList<AlertView> alerts)
    {
        BoardTexts texts = new();
        RaisesPerHour raises = new();
        var all = alerts.Select(alert => new BoardAlert(alert, texts)).ToArray();
        Array.Sort(all, BoardAlert.Compare);
        foreach (var alert in all.Reverse())
            raises.Add(alert, Ids.From(alert.View.Rule, string.Join('|', alert.View.Labels), alert.View.Company ?? ""), Now);
        return new(all, texts, raises, 1, all.Count(alert => alert.View.ClearedAt is null), Now);
    }
}
