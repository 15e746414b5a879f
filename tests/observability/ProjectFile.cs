using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sigma.ObservabilityTests;

/// <summary>What the repository has for whoever looks at the tracker.</summary>
internal static partial class ProjectFile
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, name);

    public static string Read(string name) => File.ReadAllText(Path(name));

    public static IReadOnlyList<string> Dashboards =>
        [.. Directory.EnumerateFiles(Path("observability/grafana/dashboards"), "*.json").Select(f => System.IO.Path.GetFileName(f)).Order()];

    /// <summary>Every query of every panel, with its variables replaced. A panel that asks anybody but Prometheus cannot be tried here.</summary>
    public static IEnumerable<Query> Queries(string dashboard)
    {
        var board = JsonDocument.Parse(Read($"observability/grafana/dashboards/{dashboard}")).RootElement;
        foreach (var panel in board.GetProperty("panels").EnumerateArray().Where(p => p.GetProperty("type").GetString() != "row"))
        {
            var title = panel.GetProperty("title").GetString()!;
            Assert.True(panel.GetProperty("targets").GetArrayLength() > 0, $"{dashboard}: {title} asks nothing");
            foreach (var target in panel.GetProperty("targets").EnumerateArray())
            {
                Assert.Equal("prometheus", target.GetProperty("datasource").GetProperty("uid").GetString());
                yield return new Query(dashboard, title, target.GetProperty("expr").GetString()!.Replace("$__rate_interval", "1m")
                    .Replace("$__range", "1h"));
            }
        }
    }

    /// <summary>Names of the alert rules and the sections of the documents they point at.</summary>
    public static IReadOnlyList<(string Alert, string Runbook)> Alerts =>
        [.. AlertAndRunbook().Matches(Read("observability/prometheus/rules.yml")).Select(m => (m.Groups[1].Value, m.Groups[2].Value))];

    [GeneratedRegex(@"- alert: (\w+)(?:(?!- alert:)[\s\S])*?runbook: (\S+)")]
    private static partial Regex AlertAndRunbook();
}

/// <summary>What a panel asks Prometheus.</summary>
internal sealed record Query(string Dashboard, string Panel, string Expression);
