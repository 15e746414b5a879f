using System.Net;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Sigma.Hosting.Http;
using Sigma.Notifier.Channels;

namespace Sigma.Notifier.Deliveries;

/// <summary>What a failed call means for a delivery.</summary>
internal sealed record DeliveryFailure(FailureKind Kind, string Reason, TimeSpan? RetryAfter = null)
{
    /// <summary>The vendor's name for what it has taken, of <see cref="FailureKind.Accepted"/>.</summary>
    public string? Receipt { get; init; }

    /// <summary>For a channel of these settings: where the vendor knows a call again, one in doubt is no more than one that failed.</summary>
    public static DeliveryFailure From(Exception exception, ChannelOptions channel) =>
        From(exception) is var failure && failure.Kind == FailureKind.Uncertain && channel.RepeatsAreHarmless
            ? failure with { Kind = FailureKind.Transient } : failure;

    public static DeliveryFailure From(Exception exception) => exception switch
    {
        DeliveryRefusedException e => new(FailureKind.Permanent, e.Message),
        DeliveryPostponedException e => new(FailureKind.Transient, e.Message, e.RetryAfter),
        DeliveryAcceptedException e => new(FailureKind.Accepted, e.Message) { Receipt = e.Receipt },
        DeliveryUnconfirmedException e => new(FailureKind.Unconfirmed, e.Message),
        ApiException { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } e => new(FailureKind.Transient, e.Message),
        ApiException { IsTransient: false } e => new(FailureKind.Permanent, e.Message),
        ApiException e => new(FailureKind.Transient, e.Message, e.RetryAfter),
        UnexpectedResponseException e => new(FailureKind.Uncertain, e.Message),
        BrokenCircuitException => new(FailureKind.Transient, "the API failed again and again, it is left alone for a while"),
        TimeoutRejectedException e => new(FailureKind.Uncertain, $"no answer within {e.Timeout.TotalSeconds:0.#} s"),
        HttpRequestException e when NeverLeft(e) => new(FailureKind.Transient, e.Message),
        OperationCanceledException { InnerException: TimeoutException late } => new(FailureKind.Transient, late.Message), // no connection in time
        HttpRequestException or IOException => new(FailureKind.Uncertain, $"the connection broke before the answer: {exception.Message}"),
        _ => new(FailureKind.Transient, $"{exception.GetType().Name}: {exception.Message}"),
    };

    static bool NeverLeft(HttpRequestException e) => e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
}

internal enum FailureKind
{
    /// <summary>It was not sent and may well be later.</summary>
    Transient,

    /// <summary>It was not sent and never will be.</summary>
    Permanent,

    /// <summary>It may have been sent.</summary>
    Uncertain,

    /// <summary>It was taken, but not as the API always says it: it is not sent again for that, and a person must look.</summary>
    Unconfirmed,

    /// <summary>No failure yet: it was taken, and what becomes of it is asked later.</summary>
    Accepted,
}

/// <summary>The channel knows that this can never be sent.</summary>
internal sealed class DeliveryRefusedException(string reason) : Exception(reason);

/// <summary>The channel cannot send this now.</summary>
internal sealed class DeliveryPostponedException(string reason, TimeSpan? retryAfter = null) : Exception(reason)
{
    /// <summary>When the API wants to be asked again, if it said so.</summary>
    public TimeSpan? RetryAfter => retryAfter;
}

/// <summary>The API took this, and says later what became of it.</summary>
internal sealed class DeliveryAcceptedException(string receipt, string reason) : Exception(reason)
{
    /// <summary>The API's name for it.</summary>
    public string Receipt => receipt;
}

/// <summary>The API took this, and its answer lacks what it always says of what it took.</summary>
internal sealed class DeliveryUnconfirmedException(string reason) : Exception(reason);
