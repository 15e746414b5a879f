using Sigma.Gateway.Integrations;

namespace Sigma.Gateway.Intake;

/// <summary>A request whose sender is known and whose body is read.</summary>
/// <param name="Id">Of this delivery.</param>
/// <param name="Integration">Whose it is.</param>
/// <param name="Body">Unpacked.</param>
/// <param name="Headers">The request's, without case and without secrets.</param>
/// <param name="ReceivedAt">UTC.</param>
internal sealed record Delivery(Guid Id, Integration Integration, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Headers,
    DateTimeOffset ReceivedAt);
