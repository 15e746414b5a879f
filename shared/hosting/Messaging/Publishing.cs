using MassTransit;

namespace Sigma.Hosting.Messaging;

/// <summary>How a consumer publishes.</summary>
public static class Publishing
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Publishes, or fails with a <see cref="TimeoutException"/>, on which the message that is being consumed is tried again: while the broker is away, and at
    /// times after it has closed a channel, a publish of MassTransit 8.4.0 waits for ever.
    /// </summary>
    public static Task PublishInTime<T>(this IPublishEndpoint bus, T message, CancellationToken ct) where T : class => bus.Publish(message, ct).WaitAsync(Limit, ct);
}
