using Microsoft.Extensions.Options;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Liveness;

namespace Sigma.Gateway.Intake;

/// <summary>
/// The way in for every protocol: who sends, whether it may, and the body within its limits, unpacked (gzip, deflate, br, or snappy blocks where the
/// header Content-Encoding says so). A request that came through holds its slice of covered time open until it is answered.
/// </summary>
internal sealed class Door(IntegrationBook book, RequestRates rates, IntakeSlices slices, IOptions<GatewayOptions> options, TimeProvider time)
{
    // What is read of a body takes about twice as much as the body again: texts of two bytes a character, labels, the messages on their way.
    const int ReadTakes = 2;

    readonly ByteBudget _inHand = new(options.Value.Limits.BytesInHand);

    /// <summary>
    /// Finds the integration by the key in the request (bearer, Basic password, <c>Splunk</c>, <c>ApiKey</c>, any other scheme, <c>X-Api-Key</c>,
    /// <c>?key=</c>, <c>?token=</c>, or the route's own), and reads the body.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="kinds">Kinds that may come this way.</param>
    /// <param name="name">Name in the address; null where the key alone says who.</param>
    /// <param name="key">Key in the address or in the body's own place; null where it is in a header or the query.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="RefusedException">It is not taken.</exception>
    public async Task<Delivery> Open(HttpContext http, IReadOnlyCollection<string> kinds, string? name, string? key, CancellationToken ct)
    {
        var integration = Admit(http, kinds, name, key);
        var (packed, unpacked) = Largest(integration.Kind);
        HeldBytes held = new(_inHand, slices.Break);
        http.Response.RegisterForDispose(held); // until the answer is sent
        var body = await Read(http.Request, integration, packed, unpacked, held, ct);
        // From here on it counts as received: its slice is not covered before it is answered.
        slices.Enter(http);
        var headers = KeptHeaders.All(http.Request.Headers);
        GatewayTelemetry.Received(integration.Name, body.Length);
        return new Delivery(Guid.CreateVersion7(time.GetUtcNow()), integration, body, KeptHeaders.Of(headers), time.GetUtcNow())
        {
            AllHeaders = headers, Via = $"{http.Request.Method} {Way(http)}",
        };
    }

    /// <summary>The same without a body: who sends, and whether it may.</summary>
    /// <exception cref="RefusedException">It may not.</exception>
    public Integration Admit(HttpContext http, IReadOnlyCollection<string> kinds, string? name, string? key)
    {
        if ((key ?? RequestKey.Of(http.Request)) is not { Length: > 0 } shown)
            throw Refuse(name, new(Refusal.NoKey, "The key is missing: as a bearer, the password of Basic, or ?key=."));
        if (book.Now.OfKey(shown, time.GetUtcNow()) is not { } known)
            throw Refuse(name, book.IsRead ? new(Refusal.WrongKey, "The key is wrong.")
                : new(Refusal.Unavailable, "The integrations are not known yet: the database does not answer."));
        var integration = known.Integration;
        if (name is not null && integration.Name != name)
            throw Refuse(integration.Name, book.Now.Find(name) is null
                ? new(Refusal.Unknown, "There is no integration of this name.") : new(Refusal.WrongKey, "The key is another integration's."));
        if (!integration.On)
            throw Refuse(integration.Name, new(Refusal.NotHere, $"The integration {integration.Name} is off."));
        if (!kinds.Contains(integration.Kind))
            throw Refuse(integration.Name,
                new(Refusal.NotHere, $"The integration {integration.Name} is of the kind {integration.Kind}, which does not come this way."));
        if (!rates.TryTake(integration, out var wait))
            throw Refuse(integration.Name,
                new(Refusal.TooMany, $"More requests than the integration {integration.Name} may send.") { RetryAfter = wait });
        return integration;
    }

    static async Task<ReadOnlyMemory<byte>> Read(HttpRequest request, Integration integration, int packed, int unpacked, HeldBytes held,
        CancellationToken ct)
    {
        try
        {
            var body = await RequestBody.Read(request, packed, unpacked, held, ct);
            held.Add(ReadTakes * (long)body.Length);
            return body;
        }
        catch (RefusedException e)
        {
            throw Refuse(integration.Name, e);
        }
    }

    (int Packed, int Unpacked) Largest(string kind)
    {
        var limits = options.Value.Limits;
        return kind is IntegrationKind.Logs or IntegrationKind.Metrics
            ? (limits.LargestBatch, limits.LargestUnpacked) : (limits.LargestBody, limits.LargestBody);
    }

    // The route's own words: what stands in their place in the address may be a key.
    static string Way(HttpContext http)
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        var variable = route.IndexOf("/{", StringComparison.Ordinal);
        return variable < 0 ? route : route[..variable];
    }

    static RefusedException Refuse(string? integration, RefusedException refused)
    {
        GatewayTelemetry.Refused(refused.Refusal is Refusal.NoKey or Refusal.WrongKey ? null : integration, refused.Refusal);
        return refused;
    }
}
