using System.Data.Common;
using System.Net.Sockets;
using System.Runtime.Serialization;
using System.Text.Json;
using MassTransit;
using RabbitMQ.Client.Exceptions;
using Sigma.Storage;

namespace Sigma.Hosting.Messaging;

/// <summary>
/// Whose fault it is that a message could not be processed. What is not known to be the message's own or the program's waits for as long as it lasts.
/// </summary>
internal sealed class FaultOrigin(IDialect dialect)
{
    // A driver whose connection breaks under it throws these like any program with a defect.
    static readonly string[] Drivers = [" at MySqlConnector.", " at Microsoft.Data.Sqlite.", " at RabbitMQ.Client.", " at System.Net."];

    /// <summary>Neither the message's fault nor the program's: the database, the broker, the network, or something nobody has thought of.</summary>
    public bool WillPass(Exception exception) => !IsOfTheMessage(exception) && !IsOfTheProgram(exception);

    /// <summary>A defect of the program, met by this message.</summary>
    public bool IsDefect(Exception exception) => !IsOfTheMessage(exception) && IsOfTheProgram(exception);

    /// <summary>It cannot be read, our own checks refuse it, or a type or constraint of ours refuses a value of it.</summary>
    public bool IsOfTheMessage(Exception exception) =>
        Causes(exception).Any(cause => cause is InvalidDataException or JsonException or SerializationException || dialect.IsRefusal(cause));

    static bool IsOfTheProgram(Exception exception) => Causes(exception).Any(IsProgramming) && !Causes(exception).Any(IsOfAServer);

    static bool IsProgramming(Exception cause) =>
        cause is NullReferenceException or InvalidCastException or IndexOutOfRangeException or KeyNotFoundException or ArgumentException
        or FormatException or ArithmeticException or UnhandledEventException;

    static bool IsOfAServer(Exception cause) =>
        cause is DbException or SocketException or IOException or TimeoutException or HttpRequestException or RabbitMQClientException
        || (cause.StackTrace is { } stack && Array.Exists(Drivers, driver => stack.Contains(driver, StringComparison.Ordinal)));

    // A saga hands on what its activities throw within an exception of its own.
    static IEnumerable<Exception> Causes(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
            yield return e;
    }
}
