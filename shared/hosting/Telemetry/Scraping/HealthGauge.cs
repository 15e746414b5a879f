using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Sigma.Hosting.Health;

namespace Sigma.Hosting.Telemetry.Scraping;

/// <summary>What <c>/health/ready</c> says of each dependency, as a figure.</summary>
internal sealed class HealthGauge : IHealthCheckPublisher, IDisposable
{
    const string Name = "sigma.health.ready", Description = "1 while a dependency is as the service needs it, else 0";

    readonly Meter _meter = new("Sigma.Hosting");
    volatile IReadOnlyCollection<Measurement<int>> _checks = [];

    public HealthGauge() => _meter.CreateObservableGauge(Name, () => _checks, "", Description);

    public static void Add(IServiceCollection services) => services.AddSingleton<IHealthCheckPublisher, HealthGauge>()
        .Configure<HealthCheckPublisherOptions>(options =>
        {
            options.Delay = TimeSpan.FromSeconds(2);
            options.Period = TimeSpan.FromSeconds(15);
            options.Timeout = TimeSpan.FromSeconds(10);
            options.Predicate = check => check.Tags.Contains("ready");
        });

    public Task PublishAsync(HealthReport report, CancellationToken ct)
    {
        _checks = [.. report.Entries.Select(e => new Measurement<int>(e.Value.Status == HealthStatus.Healthy ? 1 : 0,
            new KeyValuePair<string, object?>("check", HealthEndpoints.NameOf(e.Key))))];
        return Task.CompletedTask;
    }

    /// <summary>The page of a service that cannot start because its database, or something else, is not there.</summary>
    public static string PageWithout(string check)
    {
        var page = new PageWriter();
        var metric = new Metric("sigma_health_ready", "", Description, Kind.Gauge, true, () => new Latest());
        metric.Record(0, [new("check", check)]);
        metric.Write(page);
        return page.ToString();
    }

    public void Dispose() => _meter.Dispose();
}
