using System.Text.Json;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Intake;

/// <summary>A piece of news of a delivery, for people: as the body said it, null where it says nothing.</summary>
/// <param name="State"><c>firing</c>, <c>resolved</c>, <c>noData</c>, <c>acknowledged</c>, <c>info</c>, <c>test</c> or <c>handshake</c>.</param>
/// <param name="Severity">In our words.</param>
/// <param name="ExternalId">Identity within the integration.</param>
/// <param name="StartsAt">Since when, UTC.</param>
/// <param name="EndsAt">Until when, UTC.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Service">The service concerned.</param>
/// <param name="Region">The region concerned.</param>
public sealed record UnderstoodItem(string State, string? Severity, string ExternalId, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt,
    string? Title, string? Service, string? Region)
{
    internal static UnderstoodItem Of(Understood item) => new(JsonNamingPolicy.CamelCase.ConvertName(item.State.ToString()), item.Severity,
        item.ExternalId, item.StartsAt?.ToUniversalTime(), item.EndsAt?.ToUniversalTime(), item.Title, item.Service, item.Region);
}
