using Sigma.Simulator.Faults;

namespace Sigma.Simulator.Received;

/// <summary>One request to either API.</summary>
/// <param name="At">When it arrived, by the simulator's clock.</param>
/// <param name="Method">GET or POST.</param>
/// <param name="Route">The path with its parameters' names, as <c>/v5/accounts/{id}</c>.</param>
/// <param name="Path">The path as it was asked.</param>
/// <param name="Query">The query string as it was asked, with its question mark.</param>
/// <param name="Status">The answer's status; null when it was broken off or never came.</param>
/// <param name="Struck">The fault that struck it; null when none did.</param>
public sealed record ReceivedCall(DateTimeOffset At, string Method, string Route, string Path, string Query, int? Status, FaultKind? Struck);
