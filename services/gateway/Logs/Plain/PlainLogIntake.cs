using Sigma.Gateway.Intake;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Logs.Lines;

namespace Sigma.Gateway.Logs.Plain;

/// <summary>Takes plain JSON, and lines of text, at <c>/in/{name}</c>.</summary>
internal sealed class PlainLogIntake(LogIntake intake, KnownFields known) : INamedIntake
{
    const string Protocol = "json", ContentType = "Content-Type", MessagePack = "msgpack";

    public string Kind => IntegrationKind.Logs;

    public async Task<IResult> Take(Delivery delivery, CancellationToken ct)
    {
        var contentType = delivery.AllHeaders.GetValueOrDefault(ContentType);
        if (contentType?.Contains(MessagePack, StringComparison.OrdinalIgnoreCase) == true)
            throw new RefusedException(Refusal.Unsupported, "MessagePack is not read here: have the sender write JSON");
        var lines = await intake.Read(delivery, (to, body) => new PlainReader(to, known).Read(body, contentType), ct);
        await intake.Keep(lines, Protocol, ct);
        return Results.Ok(new { lines = lines.Lines.Count });
    }
}
