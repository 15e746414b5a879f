using MassTransit;

namespace Sigma.Hosting.Messaging;

/// <summary>How a consumer publishes.</summary>
public static class Publishing
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Publishes, or fails, on which the message that is being consumed is tried again: with a <see cref="TimeoutException"/> while the broker is
    /// away, or with <paramref name="ct"/>, which in a consumer is its context's. That token is cancelled when its channel closes, and only then does
    /// the endpoint start anew.
    /// </summary>
    public static Task PublishInTime<T>(this IPublishEndpoint bus, T message, CancellationToken ct)
        where T : class => bus.Publish(message, ct).WaitAsync(Limit, ct);
}
