using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Sigma.Hosting.Telemetry;

namespace Sigma.UnitTests.Hosting;

public sealed class Trace_sampling
{
    [Theory]
    [InlineData(null, null, true)]
    [InlineData("parentbased_always_on", null, true)]
    [InlineData("always_off", null, false)]
    [InlineData("parentbased_traceidratio", "0", false)]
    [InlineData("parentbased_traceidratio", "1", true)]
    public void Is_as_the_standard_variables_say(string? sampler, string? argument, bool recorded)
    {
        using var source = new ActivitySource($"Sigma.Sampled.{Guid.NewGuid():N}");
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1", ["OTEL_TRACES_SAMPLER"] = sampler, ["OTEL_TRACES_SAMPLER_ARG"] = argument,
        });
        OpenTelemetryStart.Add(builder, "test");
        using var provider = builder.Services.BuildServiceProvider();
        var traces = provider.GetRequiredService<TracerProvider>();
        var metrics = provider.GetRequiredService<MeterProvider>();
        using var poll = source.StartActivity("poll");

        Assert.Equal(recorded, poll?.Recorded ?? false);

        traces.Shutdown(1);
        metrics.Shutdown(1);
    }
}
