namespace Sigma.Benchmarks.Screens;

/// <summary>Hears what a screen is sent, piece by piece and never two at a time.</summary>
/// <param name="kind">What the piece says it is; empty where it does not say.</param>
/// <param name="text">The piece, in which names and values stand as they are.</param>
internal delegate void Hearing(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> text);

/// <summary>Somebody who looks, and is sent what changes.</summary>
internal interface IScreen : IAsyncDisposable
{
    /// <summary>What ended it; null while it is open.</summary>
    Exception? Failure { get; }
}
