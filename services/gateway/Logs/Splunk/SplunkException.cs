namespace Sigma.Gateway.Logs.Splunk;

/// <summary>An event that is not taken, though those before it are.</summary>
/// <param name="fault">What is wrong.</param>
/// <param name="number">Number of the event, from 0.</param>
/// <param name="place">Where in the body.</param>
internal sealed class SplunkException(SplunkFault fault, int number, string place) : Exception(fault.Text)
{
    public SplunkFault Fault { get; } = fault;

    public int Number { get; } = number;

    public string Place { get; } = place;
}

/// <summary>An answer of the HTTP Event Collector: its senders look at the code.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Code">Of the collector.</param>
/// <param name="Text">Its usual words.</param>
internal sealed record SplunkFault(int Status, int Code, string Text)
{
    public static SplunkFault TokenRequired { get; } = new(401, 2, "Token is required");

    public static SplunkFault InvalidToken { get; } = new(403, 4, "Invalid token");

    public static SplunkFault NoData { get; } = new(400, 5, "No data");

    public static SplunkFault InvalidFormat { get; } = new(400, 6, "Invalid data format");

    public static SplunkFault ServerBusy { get; } = new(503, 9, "Server is busy");

    public static SplunkFault ChannelMissing { get; } = new(400, 10, "Data channel is missing");

    public static SplunkFault EventMissing { get; } = new(400, 12, "Event field is required");

    public static SplunkFault EventBlank { get; } = new(400, 13, "Event field cannot be blank");
}
