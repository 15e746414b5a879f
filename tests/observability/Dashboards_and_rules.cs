using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sigma.ObservabilityTests;

/// <summary>No panel stays empty and no rule looks at nothing: every query is asked of a Prometheus that scrapes the services at work.</summary>
public sealed partial class Dashboards_and_rules(WatchedStation station) : IClassFixture<WatchedStation>
{
    static IEnumerable<Query> All => ProjectFile.Dashboards.SelectMany(ProjectFile.Queries);

    public static IEnumerable<object[]> Queries => All.Select(query => new object[] { query.Dashboard, query.Panel, query.Expression });

    [PrometheusTheory, MemberData(nameof(Queries))]
    public Task Every_query_of_every_panel_has_data(string dashboard, string panel, string expression) =>
        HasData(Bare(expression), $"{panel} of {dashboard}");

    [PrometheusFact]
    public async Task Every_rule_is_evaluated_and_looks_at_data()
    {
        var rules = await Rules();
        Assert.Equal(ProjectFile.Alerts.Select(a => a.Alert), rules.Select(r => r.GetProperty("name").GetString()));
        foreach (var rule in rules)
        {
            var expression = rule.GetProperty("query").GetString()!;
            await HasData(Bare(expression));
            Assert.NotEqual(expression, Bare(expression)); // else it has no limit
        }
        Assert.All(await Rules(), rule => Assert.Equal("ok", rule.GetProperty("health").GetString()));
    }

    [PrometheusFact]
    public Task A_message_nobody_can_digest_is_said() =>
        HasData("""ALERTS{alertname="SigmaErrorQueue", alertstate="firing", queue="evaluator.event-batches_error"}""");

    [PrometheusFact]
    public async Task A_figure_that_is_the_same_in_every_replica_is_never_added_up()
    {
        await HasData("sigma_fetcher_watermark_lag_seconds");
        var gauges = (await station.Prometheus.Ask("/api/v1/metadata")).EnumerateObject()
            .Where(m => m.Name.StartsWith("sigma_", StringComparison.Ordinal) && m.Value[0].GetProperty("type").GetString() == "gauge")
            .Select(m => m.Name).ToList();
        Assert.NotEmpty(gauges);
        var expressions = All.Select(query => query.Expression).Concat((await Rules()).Select(r => r.GetProperty("query").GetString()!));
        Assert.Empty(from expression in expressions
                     from gauge in gauges
                     where Regex.Count(expression, $@"\b{gauge}\b") != Regex.Count(expression, $@"\b(max|min) ?(by ?\([^)]*\) ?)?\({gauge}\b")
                     select expression);
    }

    [PrometheusFact]
    public async Task A_metric_that_does_not_exist_has_no_data() =>
        Assert.Equal(0, await Count(Bare("sum(sigma_fetcher_watermark_leg_seconds) or vector(0)")));

    [PrometheusTheory, InlineData("fetcher"), InlineData("evaluator"), InlineData("notifier")]
    public async Task The_page_of_a_service_is_as_Prometheus_wants_it(string service)
    {
        await HasData($"up{{job=\"{service}\"}} == 1");
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(station[service], "/metrics"));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        await PagePasses(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>
    /// What promtool has to say of our own figures; those of libraries have names of their own. Minutes by state are a number of minutes, not a
    /// duration.
    /// </summary>
    internal static async Task PagePasses(string page)
    {
        var (_, said) = await TestServers.PrometheusServer.Tool(["check", "metrics"], page);
        Assert.DoesNotContain("error while linting", said);
        Assert.DoesNotContain(said.Split('\n'),
            line => line.StartsWith("sigma_", StringComparison.Ordinal)
                && !line.StartsWith("sigma_fetcher_coverage_minutes use base unit", StringComparison.Ordinal));
    }

    async Task<List<JsonElement>> Rules() =>
        [.. (await station.Prometheus.Ask("/api/v1/rules")).GetProperty("groups").EnumerateArray()
            .SelectMany(g => g.GetProperty("rules").EnumerateArray())];

    async Task HasData(string expression, string whose = "a rule") =>
        await Await.Until(() => Count(expression), found => found > 0, $"there is data for {expression} ({whose})", station.TimeLeft);

    // What is not a number says as little as nothing.
    async Task<int> Count(string expression) =>
        (await station.Prometheus.Ask("/api/v1/query", new Dictionary<string, string> { ["query"] = expression }))
        .GetProperty("result").EnumerateArray()
        .Count(sample =>
            double.IsFinite(double.Parse(sample.GetProperty("value")[1].GetString()!.Replace("Inf", "Infinity"), CultureInfo.InvariantCulture)));

    /// <summary>What an expression looks at: without its limit, and without what stands in where there is nothing.</summary>
    static string Bare(string expression)
    {
        var bare = expression.Replace(" or vector(0)", "");
        if (Absent().Match(bare) is { Success: true } absent)
            bare = absent.Groups[1].Value;
        return Limit().Replace(bare, "");
    }

    [GeneratedRegex(@"^absent\((.*)\)$")]
    private static partial Regex Absent();

    [GeneratedRegex(@" (==|>|<) \d+$")]
    private static partial Regex Limit();
}
