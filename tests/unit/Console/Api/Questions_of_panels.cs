using System.Text.Json;
using Sigma.OperatorConsole.Api.SimpleJson;

namespace Sigma.UnitTests.Console.Api;

/// <summary>What Grafana's data source SimpleJSON asks, and how it is understood.</summary>
public sealed class Questions_of_panels
{
    static readonly GrafanaRange SixHours = new("2026-11-20T03:00:00.500Z", "2026-11-20T09:00:00.500Z");

    [Fact]
    public void Are_read_as_they_were_captured()
    {
        var body = JsonDocument.Parse(Payload.Text("datasource/simplejson-query.json")).RootElement.GetProperty("request")
            .Deserialize<GrafanaQuery>(JsonSerializerOptions.Web)!;
        List<string> faults = [];

        var question = PanelQuestion.Read(body, faults);

        Assert.Empty(faults);
        Assert.Equal(new DateTimeOffset(2016, 10, 31, 6, 33, 44, 866, TimeSpan.Zero), question.Range.From);
        Assert.Equal(TimeSpan.FromHours(6), question.Range.To - question.Range.From);
        Assert.Equal(39.273, question.Step);
        Assert.Equal([new PanelTarget("upper_50", false), new PanelTarget("upper_75", false)], question.Targets);
        Assert.Equal([KeyValuePair.Create("city", "Berlin")], question.Filters.Equal!);
    }

    [Theory]
    [InlineData(550d, 30_000d, 39.273), InlineData(550d, 60_000d, 60), InlineData(1d, 1d, 21_600), InlineData(21_600_000d, 1d, 10.8)]
    [InlineData(2.9, 1d, 10_800), InlineData(null, null, 72), InlineData(10d, 1e300, 21_600), InlineData(1e300, 0d, 10.8)]
    public void Have_no_more_steps_than_points_are_wanted(double? points, double? interval, double step)
    {
        List<string> faults = [];
        var question = PanelQuestion.Read(new GrafanaQuery(SixHours, interval, points), faults);
        Assert.Empty(faults);
        Assert.Equal(step, question.Step);
        Assert.InRange(Math.Ceiling(21_600 / question.Step), 1, Math.Min(points ?? 300, 2_000));
    }

    [Fact]
    public void Have_a_step_even_of_a_moment()
    {
        var range = PanelRange.Read(new("2026-11-20T03:00:00.0001Z", "2026-11-20T03:00:00.0019Z"), []);
        Assert.Equal(0.001, range.Step(0, 550));
    }

    [Fact]
    public void Leave_out_what_is_hidden_or_not_chosen_yet()
    {
        List<string> faults = [];
        var question = PanelQuestion.Read(new GrafanaQuery(SixHours, Targets:
            [null, new(), new(""), new("cpu", Hide: true), new("cpu", "timeseries"), new("cpu", null, false), new("alerts", "table")]), faults);
        Assert.Empty(faults);
        Assert.Equal([new("cpu", false), new("cpu", false), new PanelTarget("alerts", true)], question.Targets);
    }

    [Fact]
    public void Are_refused_with_the_place_of_each_fault()
    {
        List<string> faults = [];
        PanelQuestion.Read(new GrafanaQuery(new("yesterday", null), -1, 0, [new("cpu"), new("cpu", "heatmap"), new(new string('x', 301))],
            [new("a", "=", "1"), null, new("a", "=~", "1"), new("a", "=")]), faults);
        Assert.Equal(["range.from", "range.to", "maxDataPoints", "intervalMs", "targets[1].type", "targets[2].target", "adhocFilters[1].key",
            "adhocFilters[2].operator", "adhocFilters[3].value"], faults.Select(fault => fault.Split(' ')[0]));
        faults.Clear();
        PanelQuestion.Read(new GrafanaQuery(new(SixHours.To, SixHours.From), double.NaN, double.NaN, [.. new GrafanaTarget[51]],
            [.. Enumerable.Repeat(new GrafanaFilter("a", "=", "1"), 21)]), faults);
        Assert.Equal(["range.from", "maxDataPoints", "intervalMs", "targets", "adhocFilters"], faults.Select(fault => fault.Split(' ')[0]));
        faults.Clear();
        PanelRange.Read(new("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"), faults);
        Assert.Equal(2, faults.Count);
    }

    [Theory]
    [InlineData("City", "=", "Berlin", true), InlineData("city", "=", "Bonn", false), InlineData("city", "!=", "Bonn", true)]
    [InlineData("city", "!=", "Berlin", false), InlineData("host", "=", "", true), InlineData("host", "=", "a", false)]
    [InlineData("host", "!=", "", false), InlineData("host", "!=", "a", true)]
    public void Are_narrowed_by_labels(string key, string sign, string value, bool fits) => Assert.Equal(fits,
        AdhocFilters.Read([new(key, sign, value)], []).Fit(new Dictionary<string, string> { ["city"] = "Berlin" }.GetValueOrDefault));

    [Fact]
    public void Find_nothing_when_their_filters_contradict_each_other()
    {
        var filters = AdhocFilters.Read([new("a", "=", "1"), new("a", "=", "2")], []);
        Assert.Null(filters.Equal);
        Assert.False(filters.Fit(_ => "1"));
    }
}
