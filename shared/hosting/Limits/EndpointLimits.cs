using Microsoft.AspNetCore.Http.Metadata;

namespace Sigma.Hosting.Limits;

/// <summary>
/// What an endpoint takes, so that whoever can reach it cannot make the service hold much for them. Others have limits of their own.
/// </summary>
/// <param name="LargestBody">Bytes of a request's body; more is refused with 413.</param>
/// <param name="Timeout">How long an answer may take, the reading of the body included; then it is 504.</param>
/// <param name="Requests">Answered at the same time; more are refused with 429.</param>
public sealed record EndpointLimits(long LargestBody, TimeSpan Timeout, int Requests) : IRequestSizeLimitMetadata
{
    internal const int SmallBody = 64 * 1024;

    /// <summary>Small questions, small answers: health, metrics, and every endpoint that names no limits of its own.</summary>
    public static EndpointLimits Small { get; } = new(SmallBody, TimeSpan.FromSeconds(30), Requests: 100);

    long? IRequestSizeLimitMetadata.MaxRequestBodySize => LargestBody;
}
