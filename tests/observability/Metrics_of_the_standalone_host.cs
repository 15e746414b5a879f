using Sigma.TestServers.Processes;

namespace Sigma.ObservabilityTests;

public sealed class Metrics_of_the_standalone_host
{
    [PrometheusFact]
    public async Task Are_those_of_all_three_services()
    {
        var logs = Directory.CreateTempSubdirectory("sigma-observability-");
        await using (var standalone = ServiceProcess.Start("standalone", "Sigma.Standalone.dll",
            new Dictionary<string, string> { ["Segware__BearerToken"] = "" }, logs.FullName))
        {
            await standalone.Ready(CancellationToken.None);
            using var http = new HttpClient { BaseAddress = standalone.Url };
            var page = await Await.Until(() => http.GetStringAsync("/metrics"), seen => seen.Contains("\nsigma_health_ready{check=\"database\"} 1\n"),
                "the page is there");
            Assert.Contains("\nsigma_fetcher_slices_published_total ", page);
            Assert.Contains("\nsigma_evaluator_alerts_active{rule=\"excess-of-events\"} ", page);
            Assert.Contains("\nsigma_notifier_deliveries_total{channel=\"whatsapp\",kind=\"raised\",state=\"sent\"} ", page);
            Assert.Contains("\nsigma_outbox_waiting{owner=\"standalone\"} ", page);
            await Dashboards_and_rules.PagePasses(page);
        }
        logs.Delete(recursive: true);
    }
}
