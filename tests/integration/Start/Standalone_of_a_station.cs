using Microsoft.Extensions.Configuration;
using Sigma.Standalone;

namespace Sigma.IntegrationTests.Start;

/// <summary>Which settings make of the standalone host a station's installation, and with which it shows its demonstration.</summary>
public sealed class Standalone_of_a_station
{
    [Theory]
    [InlineData("Segware:BearerToken", "token"), InlineData("Fetcher:StatusFeeds:0:Kind", "gcp"), InlineData("Fetcher:Probes:Checks:0:Probe", "host")]
    [InlineData("Fetcher:Prefect:0:Name", "flows"), InlineData("Notifier:Receivers:0:Name", "station")]
    [InlineData("Gateway:Integrations:0:Name", "grafana")]
    public void Something_to_watch_or_somebody_to_tell_makes_it_one(string key, string value) => Assert.True(IsConfigured(key, value));

    [Theory, InlineData("Segware:BearerToken", ""), InlineData("LOG_LEVEL", "debug"), InlineData("Console:TimeZone", "UTC"),
        InlineData("Fetcher:Probes:TimeZone", "UTC")]
    public void Anything_else_leaves_it_the_demonstration(string key, string value) => Assert.False(IsConfigured(key, value));

    static bool IsConfigured(string key, string value) =>
        Installation.IsConfigured(new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build());
}
