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
        var (documents, tests) = (ProjectFile.Read("docs/operating.md"), ProjectFile.Read("observability/prometheus/rules.test.yml"));
        var anchors = documents.Split('\n').Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' ').ToLowerInvariant().Replace(' ', '-')).ToHashSet();
        Assert.NotEmpty(ProjectFile.Alerts);
        Assert.All(ProjectFile.Alerts, alert =>
        {
            Assert.Contains($"alertname=\"{alert.Alert}\"", tests);
            Assert.Contains($"| `{alert.Alert}` |", documents);
            Assert.StartsWith("docs/operating.md#", alert.Runbook);
            Assert.Contains(alert.Runbook.Split('#')[1], anchors);
        });
    }
}
