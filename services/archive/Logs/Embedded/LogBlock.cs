namespace Sigma.Archive.Logs.Embedded;

/// <summary>Lines that are kept together, in the order of their times.</summary>
/// <param name="First">Time of the first, in ticks since 1970.</param>
/// <param name="Last">Time of the last.</param>
/// <param name="Lines">How many.</param>
/// <param name="Head">Times, levels, labels and sources, compressed: all that a histogram needs.</param>
/// <param name="Body">Texts and fields, compressed.</param>
/// <param name="Terms">What the block is found by.</param>
internal sealed record LogBlock(long First, long Last, int Lines, byte[] Head, byte[] Body, string Terms);
