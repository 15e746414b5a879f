using Sigma.TestServers;

namespace Sigma.ObservabilityTests;

public sealed class Files_of_the_repository
{
    [PrometheusTheory]
    [InlineData("check", "rules", "rules.yml")]
    [InlineData("check", "config", "prometheus.yml")]
    [InlineData("test", "rules", "rules.test.yml")]
    public async Task Pass_promtool(string what, string kind, string file)
    {
        var (exitCode, said) = await PrometheusServer.Tool([what, kind, ProjectFile.Path($"observability/prometheus/{file}")]);
        Assert.True(exitCode == 0, said);
    }

    [Fact]
    public void Each_alert_is_tested_and_says_where_the_documents_tell_what_to_do()
    {
        var rules = ProjectFile.Read("docs/watch.md");
        var tests = ProjectFile.Read("observability/prometheus/rules.test.yml");
        Assert.NotEmpty(ProjectFile.Alerts);
        Assert.All(ProjectFile.Alerts, alert =>
        {
            Assert.Contains($"alertname=\"{alert.Alert}\"", tests);
            Assert.Contains($"| `{alert.Alert}` |", rules);
            var runbook = alert.Runbook.Split('#');
            Assert.Contains(runbook[1], Anchors(ProjectFile.Read(runbook[0])));
        });
    }

    static IEnumerable<string> Anchors(string page) =>
        page.Split('\n').Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' ').ToLowerInvariant().Replace(' ', '-'));
}
