namespace Sigma.Gateway.Intake;

/// <summary>Why a delivery is not taken.</summary>
internal enum Refusal
{
    /// <summary>No key was shown: 401.</summary>
    NoKey,

    /// <summary>The key is nobody's: 401.</summary>
    WrongKey,

    /// <summary>The key is of an integration of another kind, or of one that is off: 403.</summary>
    NotHere,

    /// <summary>No such integration: 404, for those who have shown a key.</summary>
    Unknown,

    /// <summary>The body cannot be understood: 400.</summary>
    Malformed,

    /// <summary>The body, or what it unpacks to, is too large: 413.</summary>
    TooLarge,

    /// <summary>The body is packed or written in a way that is not read here: 415.</summary>
    Unsupported,

    /// <summary>The signature does not hold: 401.</summary>
    WrongSignature,

    /// <summary>Too many from this integration: 429.</summary>
    TooMany,

    /// <summary>It cannot be kept now: 503.</summary>
    Unavailable,
}

/// <summary>A delivery that is not taken. Each protocol answers it as its senders understand it.</summary>
internal sealed class RefusedException(Refusal refusal, string message) : Exception(message)
{
    public Refusal Refusal { get; } = refusal;

    /// <summary>When to try again; for <see cref="Refusal.TooMany"/> and <see cref="Refusal.Unavailable"/>.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The status that most protocols answer it with.</summary>
    public int Status => Refusal switch
    {
        Refusal.NoKey or Refusal.WrongKey or Refusal.WrongSignature => StatusCodes.Status401Unauthorized,
        Refusal.NotHere => StatusCodes.Status403Forbidden,
        Refusal.Unknown => StatusCodes.Status404NotFound,
        Refusal.TooLarge => StatusCodes.Status413PayloadTooLarge,
        Refusal.Unsupported => StatusCodes.Status415UnsupportedMediaType,
        Refusal.TooMany => StatusCodes.Status429TooManyRequests,
        Refusal.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };
}
