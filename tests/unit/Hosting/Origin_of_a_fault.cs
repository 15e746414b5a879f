using System.Runtime.Serialization;
using System.Text.Json;
using MassTransit;
using Microsoft.Data.Sqlite;
using Sigma.Hosting.Messaging;
using Sigma.Storage;

namespace Sigma.UnitTests.Hosting;

public sealed class Origin_of_a_fault
{
    static readonly FaultOrigin Origin = new(Dialects.Of(StorageProvider.Sqlite));

    public static TheoryData<Exception> OfTheMessage =>
    [
        new InvalidDataException("Refused: its source is missing"), new JsonException(), new SerializationException(),
        Sqlite(19, 1299), Sqlite(19, 275), Sqlite(19, 787), Sqlite(18, 18), Sqlite(20, 20),
        new SagaException("x", typeof(string), typeof(string), Guid.Empty, new JsonException()),
    ];

    public static TheoryData<Exception> OfTheProgram =>
        [new NullReferenceException(), new ArgumentOutOfRangeException(), new InvalidCastException(), new KeyNotFoundException(),
            new FormatException(), new OverflowException(),
            new SagaException("x", typeof(string), typeof(string), Guid.Empty, new IndexOutOfRangeException())];

    public static TheoryData<Exception> OfNeither =>
    [
        Sqlite(13, 13), Sqlite(10, 10), Sqlite(5, 5), Sqlite(19, 1555), Sqlite(19, 2067), Sqlite(1, 1), Sqlite(11, 11), new IOException(),
        new TimeoutException(), new TaskCanceledException(),
        new InvalidOperationException("The connection is closed"), new ConcurrencyException(), new OutOfMemoryException(),
        new ArgumentException("x", new IOException()),
        new NotSupportedException(), new Exception("nobody has thought of"),
    ];

    [Theory, MemberData(nameof(OfTheMessage))]
    public void Is_the_message_when_it_cannot_be_read_or_is_refused(Exception e) => Assert.Equal((true, false, false), Judge(e));

    [Theory, MemberData(nameof(OfTheProgram))]
    public void Is_the_program_when_it_meets_a_defect(Exception e) => Assert.Equal((false, true, false), Judge(e));

    [Theory, MemberData(nameof(OfNeither))]
    public void Passes_when_it_is_anything_else(Exception e) => Assert.Equal((false, false, true), Judge(e));

    [Fact]
    public void Passes_when_a_driver_met_the_defect()
    {
        var e = Assert.ThrowsAny<ArgumentException>(() => new SqliteConnection("nonsense=1"));
        Assert.Equal((false, false, true), Judge(e));
    }

    static (bool Message, bool Program, bool Passes) Judge(Exception e) => (Origin.IsOfTheMessage(e), Origin.IsDefect(e), Origin.WillPass(e));

    static SqliteException Sqlite(int code, int extended) => new("x", code, extended);
}
