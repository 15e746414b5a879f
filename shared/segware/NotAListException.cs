using System.Text.Json;

namespace Sigma.Segware;

/// <summary>
/// An answer that should be a list is something else: an error object, a page, nothing. The message says what came, in the sender's own words.
/// </summary>
public sealed class NotAListException(string message) : JsonException(message);
