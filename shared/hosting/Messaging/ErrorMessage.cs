using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RabbitMQ.Client;

namespace Sigma.Hosting.Messaging;

/// <summary>A message in an error queue, with what its headers say of why it is there.</summary>
public sealed class ErrorMessage
{
    // What MassTransit adds to a message that it moves, RabbitMQ to one that it delivers again, and its client to one that it sends.
    static readonly string[] Added = ["MT-Fault-", "MT-Host-", "MT-Reason", "x-delivery-count", "x-acquired-count", "x-dotnet-pub-seq-no"];

    readonly BasicGetResult _got;

    internal ErrorMessage(BasicGetResult got) => _got = got;

    internal ulong DeliveryTag => _got.DeliveryTag;

    /// <summary>What is in it; not to be kept longer than the visit lasts.</summary>
    public ReadOnlyMemory<byte> Body => _got.Body;

    /// <summary>The sender's id; of a message without one, a name derived from its body.</summary>
    public string Id =>
        _got.BasicProperties.MessageId is { Length: > 0 } id ? id : "body-" + Convert.ToHexStringLower(SHA256.HashData(Body.Span).AsSpan(0, 6));

    /// <summary>When it was put here, else when it was sent.</summary>
    public DateTimeOffset? At =>
        DateTimeOffset.TryParse(Header("MT-Fault-Timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.ToUniversalTime()
            : _got.BasicProperties.IsTimestampPresent() ? DateTimeOffset.FromUnixTimeSeconds(_got.BasicProperties.Timestamp.UnixTime) : null;

    /// <summary>The type of what was thrown.</summary>
    public string? Exception => Header("MT-Fault-ExceptionType");

    /// <summary>Why it is here.</summary>
    public string? Reason => Header("MT-Fault-Message") ?? Header("MT-Reason");

    /// <summary>Where that was thrown.</summary>
    public string? Stack => Header("MT-Fault-StackTrace");

    /// <summary>Who could not digest it.</summary>
    public string? Consumer => Header("MT-Fault-ConsumerType");

    /// <summary>How often it was given back to its queue since it came.</summary>
    public long Looks => Value("x-delivery-count") is { } count ? Convert.ToInt64(count, CultureInfo.InvariantCulture) : 0;

    /// <summary>All of its headers.</summary>
    public IEnumerable<(string Name, string Value)> Headers =>
        (_got.BasicProperties.Headers ?? new Dictionary<string, object?>()).Select(h => (h.Key, Text(h.Value)));

    /// <summary>The message's properties as its sender set them: id, trace and all, without what was added on its way here.</summary>
    public BasicProperties AsSent() => Without(name => Array.Exists(Added, added => name.StartsWith(added, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The message's properties with the reason it is here, and no looks counted.</summary>
    public BasicProperties AsFound() => Without(name => name.StartsWith("x-", StringComparison.OrdinalIgnoreCase));

    BasicProperties Without(Predicate<string> leftOut) => new(_got.BasicProperties)
    {
        Headers = _got.BasicProperties.Headers?.Where(h => !leftOut(h.Key)).ToDictionary(),
        Persistent = true,
        UserId = null, // the broker accepts none but ours
    };

    string? Header(string name) => Value(name) is { } value ? Text(value) : null;

    object? Value(string name) => _got.BasicProperties.Headers?.TryGetValue(name, out var value) == true ? value : null;

    static string Text(object? value) => value switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
