using Sigma.Hosting.Api;
using Sigma.Hosting.Limits;
using Sigma.Notifier.Queries;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Api;

/// <summary>The receivers of the settings with their integrations, without secrets; and a test message on one of these.</summary>
internal static class ReceiversApi
{
    // A vendor may take its time, and nobody needs many.
    static readonly EndpointLimits OfTests = EndpointLimits.Small with { Timeout = TimeSpan.FromMinutes(2), Requests = 2 };

    public static void Map(IEndpointRouteBuilder app)
    {
        var receivers = app.MapGroup("/receivers");
        receivers.MapGet("", List);
        receivers.MapPost("/{integration}/test", Test).WithLimits(OfTests);
    }

    static IResult List(IConfiguration configuration) => Results.Ok(IntegrationQuery.All(configuration)
        .Select(found =>
            new ShownIntegration(found.Receiver, found.Name, found.Type, found.Recipient, found.Settings.Enabled, found.Settings.OnClear)));

    static async Task<IResult> Test(string integration, PersonsWord body, TestMessage test, CancellationToken ct)
    {
        if (Person.Fault(body.By) is { } fault)
            return Problems.Refused([fault]);
        return await test.Send(integration, body.By, ct) is { } result ? Results.Ok(result)
            : Problems.NotFound($"There is no integration {integration}.");
    }
}

/// <summary>An integration of a receiver.</summary>
/// <param name="Receiver">The receiver.</param>
/// <param name="Name">Its name, as deliveries have it.</param>
/// <param name="Type">The type of its channel.</param>
/// <param name="Recipient">Whom it tells, cut; null where there is nobody to show.</param>
/// <param name="Enabled">Whether it is on.</param>
/// <param name="OnClear">Whether it is told of ends.</param>
internal sealed record ShownIntegration(string Receiver, string Name, string Type, string? Recipient, bool Enabled, bool OnClear);
