using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Sigma.Hosting.Messaging;

namespace Sigma.Hosting.Health;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work; the answer names each dependency and what is wrong with it.
/// </summary>
internal static class HealthEndpoints
{
    const string Bus = "masstransit-bus";

    // The tag of a check whose words are worth reading although all is well.
    const string Note = "note";

    public static void Add(IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: ["ready"]).AddCheck<MessagesHealth>("messages", tags: ["ready"]);

    public static void Map(WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = Write });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains("ready"),
            ResponseWriter = Write,
            // MassTransit says Degraded while the broker is away
            ResultStatusCodes = { [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable },
        });
    }

    /// <summary>What a check is about, for people.</summary>
    public static string NameOf(string check) => check == Bus ? "broker" : check;

    static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status == HealthStatus.Healthy ? "ok" : "not ready",
        checks = report.Entries.ToDictionary(e => NameOf(e.Key),
            e => e.Value.Status == HealthStatus.Healthy
                ? e.Value.Tags.Contains(Note) && e.Value.Description is { } note ? $"ok, but {note}" : "ok"
                : WhatTheBusDoesNotSay(context, e.Key) ?? e.Value.Description ?? e.Value.Exception?.Message ?? "failed"),
    }, (JsonSerializerOptions?)null, "application/json", context.RequestAborted);

    static string? WhatTheBusDoesNotSay(HttpContext context, string check) =>
        check == Bus ? context.RequestServices.GetRequiredService<BrokerTls>().Refusal : null;
}
