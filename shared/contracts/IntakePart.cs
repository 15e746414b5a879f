namespace Sigma.Contracts;

/// <summary>
/// Which of a gateway's slices of time a batch of news was taken in. The slice is closed by its <see cref="IntakeReported"/>; it is covered when all
/// of its batches are stored, in whatever order they come.
/// </summary>
/// <param name="Gateway">The gateway, at most 64 characters: each process has a name of its own.</param>
/// <param name="SliceFrom">Start of the slice, UTC.</param>
/// <param name="Number">Number of the batch in its slice, from 1.</param>
public sealed record IntakePart(string Gateway, DateTimeOffset SliceFrom, int Number);
