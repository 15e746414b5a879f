using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Sigma.TestServers.Processes;

namespace Sigma.IntegrationTests.Gateway;

/// <summary>What the demonstration shows of others comes in as theirs would: over HTTP, each by its own key.</summary>
public sealed class Demonstration_of_other_sources
{
    const string Key = "the key of the tests";

    [Fact]
    public async Task Is_taken_in_by_the_gateway_and_found_where_people_look_for_it()
    {
        var folder = Directory.CreateTempSubdirectory("sigma-demonstration-");
        try
        {
            await using var standalone = ServiceProcess.Start("standalone", "Sigma.Standalone.dll",
                new Dictionary<string, string> { ["Api__Key"] = Key, ["Segware__BearerToken"] = "" }, folder.FullName);
            await standalone.Ready(CancellationToken.None);
            using HttpClient http = new() { BaseAddress = new Uri(standalone.Url, "/internal/") };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
            var integrations = (await http.GetFromJsonAsync<JsonElement>("gateway/integrations")).GetProperty("integrations");
            Assert.Equal(["agents", "metrics", "uptime"], integrations.EnumerateArray().Select(one => one.GetProperty("name").GetString()));

            await Await.Until(() => http.GetStringAsync("/metrics"), page => Accepted(page, "agents", "lines") && Accepted(page, "agents", "beats")
                && Accepted(page, "metrics", "samples") && Accepted(page, "uptime", "conditions"), "all three have sent", TimeSpan.FromSeconds(120));
            var lines = (await http.GetFromJsonAsync<JsonElement>("archive/logs?q=host%3Dreceiver-1&limit=1")).GetProperty("items");
            Assert.Equal("300001", lines[0].GetProperty("labels").GetProperty("account").GetString());
            var down = (await http.GetFromJsonAsync<JsonElement>("gateway/intake?integration=uptime")).GetProperty("items")[0];
            Assert.Equal("firing", down.GetProperty("understood")[0].GetProperty("state").GetString());
            await Await.Until(() => http.GetStringAsync("/metrics"),
                page => page.Contains("sigma_evaluator_alerts_raised_total{rule=\"reported:uptime\"} 1", StringComparison.Ordinal), "it is an alert");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static bool Accepted(string page, string integration, string news) =>
        page.Contains($"sigma_gateway_accepted_total{{integration=\"{integration}\",news=\"{news}\"}} ", StringComparison.Ordinal);
}
