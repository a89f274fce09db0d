"""A second witness: Oracle's own python-oracledb, in thick mode, over the stand-in's library.

    python witness.py <folder that holds libclntsh.so>

Each check compares what the driver gives with what its documentation says
(https://python-oracledb.readthedocs.io). Nothing here is ours but the library beneath.
"""

import datetime
import decimal
import json
import os
import sys
import tempfile
import time

import oracledb

USER, PASSWORD, DSN = "system", "stand-in", "localhost:1521/witness"

CHECKS = []


def check(body):
    """Registers a scenario; each gets a connection of its own and an empty schema."""
    CHECKS.append(body)
    return body


class Differs(Exception):
    pass


def same(got, expected, what=""):
    if got != expected:
        raise Differs(f"{what}: got {got!r}, expected {expected!r}")


def fails(body, full_code):
    """The error that the body raises, which must have this code."""
    try:
        body()
    except oracledb.Error as error:
        (detail,) = error.args
        same(detail.full_code, full_code, "full_code")
        return detail
    raise Differs(f"nothing was raised, expected {full_code}")


def connect(**options):
    return oracledb.connect(user=USER, password=PASSWORD, dsn=DSN, **options)


def table(connection, columns):
    connection.cursor().execute(f"CREATE TABLE T ({columns})")


def set_fault(**faults):
    """Steers the stand-in by its file, as its README describes; nobody may read half of it."""
    name = os.path.join(os.environ["ORACLE_STAND_IN_DIR"], "faults.json")
    with open(name + ".draft", "w") as file:
        json.dump(faults, file)
    os.replace(name + ".draft", name)


@check
def the_client_is_thick(connection):
    same(oracledb.is_thin_mode(), False)
    same(oracledb.clientversion()[0], 21)
    same(connection.thin, False)
    same(connection.version.split(".")[0], "21")
    same(connection.username, USER)
    same(connection.dsn, DSN)
    same(connection.autocommit, False)
    same(connection.is_healthy(), True)
    connection.ping()


@check
def a_query_answers(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'OK' FROM DUAL")
        same(cursor.fetchone(), ("OK",))
        same(cursor.fetchone(), None)


@check
def a_wrong_password_is_refused(connection):
    detail = fails(lambda: oracledb.connect(user=USER, password="guess", dsn=DSN), "ORA-01017")
    same(detail.code, 1017)


@check
def session_attributes_are_taken(connection):
    connection.module, connection.action = "witness", "attributes"
    connection.clientinfo, connection.client_identifier = "info", "identifier"
    connection.call_timeout = 5000
    same(connection.call_timeout, 5000)
    connection.stmtcachesize = 7
    same(connection.stmtcachesize, 7)
    connection.ping()
    folder = os.path.join(os.environ["ORACLE_STAND_IN_DIR"], "sessions")
    newest = max((name for name in os.listdir(folder) if name.endswith(".json")), key=lambda n: int(n[:-5]))
    with open(os.path.join(folder, newest)) as file:
        attributes = json.load(file)
    same((attributes["module"], attributes["action"]), ("witness", "attributes"))
    same(attributes["driver_name"].startswith("python-oracledb thk"), True, attributes["driver_name"])


@check
def columns_are_described(connection):
    table(connection, "A NUMBER(9,2) NOT NULL, B NUMBER, C VARCHAR2(40), D TIMESTAMP(6) WITH TIME ZONE, E NUMBER(5)")
    with connection.cursor() as cursor:
        cursor.execute("SELECT A, B, C, D, E FROM T")
        by_name = {info[0]: info for info in cursor.description}
        same(list(by_name), ["A", "B", "C", "D", "E"])
        # name, type, display size, internal size, precision, scale, null_ok
        same(by_name["A"], ("A", oracledb.DB_TYPE_NUMBER, 13, None, 9, 2, False))
        same(by_name["B"], ("B", oracledb.DB_TYPE_NUMBER, 127, None, 0, -127, True))
        same(by_name["C"], ("C", oracledb.DB_TYPE_VARCHAR, 40, 40, None, None, True))
        same(by_name["D"][:2], ("D", oracledb.DB_TYPE_TIMESTAMP_TZ))
        same(by_name["D"][6], True)
        same(by_name["E"], ("E", oracledb.DB_TYPE_NUMBER, 6, None, 5, 0, True))
        info = cursor.description[0]
        same((info.name, info.type_code, info.precision, info.scale, info.null_ok),
             ("A", oracledb.DB_TYPE_NUMBER, 9, 2, False))


@check
def a_describe_does_not_execute(connection):
    table(connection, "N NUMBER")
    with connection.cursor() as cursor:
        cursor.parse("SELECT N FROM T")
        same(cursor.description[0][0], "N")


@check
def executemany_inserts_a_row_for_each_set(connection):
    table(connection, "N NUMBER, S VARCHAR2(20)")
    rows = [(n, f"row {n}") for n in range(1, 251)]
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO T (N, S) VALUES (:1, :2)", rows)
        same(cursor.rowcount, 250)
        cursor.execute("SELECT N, S FROM T ORDER BY N")
        same(cursor.fetchall(), rows)
        same(cursor.rowcount, 250)
        cursor.executemany(
            "INSERT INTO T (N, S) VALUES (:n, :s)", [{"n": 1, "s": "by name"}, {"n": 2, "s": None}]
        )
        same(cursor.rowcount, 2)


@check
def array_dml_counts_rows_for_each_set(connection):
    table(connection, "N NUMBER")
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO T (N) VALUES (:1)", [(1,), (1,), (2,)])
        cursor.executemany("DELETE FROM T WHERE N = :1", [(1,), (3,), (2,)], arraydmlrowcounts=True)
        same(cursor.rowcount, 3)
        same(cursor.getarraydmlrowcounts(), [2, 0, 1])


@check
def array_dml_tells_the_rows_that_failed(connection):
    table(connection, "N NUMBER(2) PRIMARY KEY, S VARCHAR2(5)")
    with connection.cursor() as cursor:
        rows = [(1, "one"), (1, "again"), (2, "two"), (3, "too long"), (100, "wide"), (4, "four")]
        cursor.executemany("INSERT INTO T (N, S) VALUES (:1, :2)", rows, batcherrors=True)
        same([(error.offset, error.code) for error in cursor.getbatcherrors()], [(1, 1), (3, 12899), (4, 1438)])
        cursor.execute("SELECT N FROM T ORDER BY N")
        same(cursor.fetchall(), [(1,), (2,), (4,)])


@check
def bytes_and_long_texts_come_back(connection):
    table(connection, "N NUMBER, B RAW(2000), C CLOB")
    long = "Grüße, 日本語 🎂 " * 10_000
    rows = [(1, bytes(range(256)), long), (2, None, None), (3, b"\0", "short")]
    oracledb.defaults.fetch_lobs = False
    try:
        with connection.cursor() as cursor:
            for row in rows:
                cursor.execute("INSERT INTO T (N, B, C) VALUES (:1, :2, :3)", row)
            cursor.execute("SELECT N, B, C FROM T ORDER BY N")
            same(cursor.fetchall(), rows)
    finally:
        oracledb.defaults.fetch_lobs = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT C FROM T WHERE N = 1")
        same(cursor.fetchone()[0].read(), long)


@check
def a_logon_can_warn(connection):
    same(connection.warning, None)
    set_fault(password_expires_in=7)
    try:
        with connect() as warned:
            same(warned.warning.full_code, "ORA-28002")
            same(warned.cursor().execute("SELECT 1 FROM DUAL").fetchone(), (1,))
    finally:
        set_fault()


@check
def fetches_come_in_the_sizes_asked_for(connection):
    table(connection, "N NUMBER")
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO T (N) VALUES (:1)", [(n,) for n in range(10)])
    for prefetch, array in [(0, 3), (2, 4), (11, 100), (10, 10)]:
        with connection.cursor() as cursor:
            cursor.prefetchrows, cursor.arraysize = prefetch, array
            cursor.execute("SELECT N FROM T ORDER BY N")
            same(cursor.fetchmany(3), [(0,), (1,), (2,)])
            same(cursor.fetchone(), (3,))
            same([n for (n,) in cursor], [4, 5, 6, 7, 8, 9])
            same(cursor.fetchmany(3), [])
            same(cursor.rowcount, 10)


@check
def returning_gives_a_list_for_each_execution(connection):
    table(connection, "ID NUMBER GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, S VARCHAR2(20)")
    with connection.cursor() as cursor:
        new_id = cursor.var(oracledb.DB_TYPE_NUMBER)
        cursor.execute("INSERT INTO T (S) VALUES (:s) RETURNING ID INTO :id", s="one", id=new_id)
        same(new_id.getvalue(), [1])
    with connection.cursor() as cursor:
        new_ids = cursor.var(oracledb.DB_TYPE_NUMBER, arraysize=3)
        cursor.setinputsizes(None, new_ids)
        cursor.executemany("INSERT INTO T (S) VALUES (:s) RETURNING ID INTO :id", [("a",), ("b",), ("c",)])
        same(new_ids.values, [[2], [3], [4]])
    with connection.cursor() as cursor:
        texts, numbers = cursor.var(str), cursor.var(int)
        sql = "UPDATE T SET S = S || '!' WHERE ID > :n RETURNING S, ID INTO :s, :i"
        cursor.execute(sql, n=2, s=texts, i=numbers)
        same((sorted(texts.getvalue()), sorted(numbers.getvalue())), (["b!", "c!"], [3, 4]))
        same(cursor.rowcount, 2)
        cursor.execute(sql, n=99, s=texts, i=numbers)
        same((texts.getvalue() or [], cursor.rowcount), ([], 0))


@check
def numbers_are_int_float_or_decimal(connection):
    table(connection, "N NUMBER")
    digits = "99999999999999999999999999999999999999"
    values = [0, 1, -1, 100, -101, 2**63, decimal.Decimal(digits), decimal.Decimal("-" + digits)]
    with connection.cursor() as cursor:
        for value in values:
            cursor.execute("DELETE FROM T")
            cursor.execute("INSERT INTO T (N) VALUES (:1)", [value])
            cursor.execute("SELECT N FROM T")
            (read,) = cursor.fetchone()
            same((type(read), read), (int, int(value)))
        cursor.execute("DELETE FROM T")
        exact = decimal.Decimal("-12345678901234567890.123456789012345678")
        cursor.execute("INSERT INTO T (N) VALUES (:1)", [exact])
        cursor.execute("SELECT N FROM T")
        same(type(cursor.fetchone()[0]), float)
    oracledb.defaults.fetch_decimals = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT N FROM T")
            same(cursor.fetchone(), (exact,))
    finally:
        oracledb.defaults.fetch_decimals = False
    with connection.cursor() as cursor:
        cursor.execute("UPDATE T SET N = :1", [0.1])
        cursor.execute("SELECT N FROM T")
        same(cursor.fetchone(), (0.1,))


@check
def texts_are_unicode_and_empty_is_none(connection):
    table(connection, "N NUMBER, S VARCHAR2(40)")
    texts = ["plain", "Grüße, Ωmega", "日本語", "🎂", "", None, " blanks "]
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO T (N, S) VALUES (:1, :2)", list(enumerate(texts)))
        cursor.setinputsizes(None, oracledb.DB_TYPE_NVARCHAR)
        cursor.execute("INSERT INTO T (N, S) VALUES (:1, :2)", [99, "national ü"])
        cursor.execute("SELECT S FROM T ORDER BY N")
        same([s for (s,) in cursor], [text or None for text in texts] + ["national ü"])


@check
def timestamps_keep_their_microseconds(connection):
    table(connection, "D TIMESTAMP(6) WITH TIME ZONE")
    noon = datetime.datetime(2026, 3, 29, 12, 0, 0, 123456)
    with connection.cursor() as cursor:
        cursor.setinputsizes(oracledb.DB_TYPE_TIMESTAMP_TZ)
        cursor.execute("INSERT INTO T (D) VALUES (:1)", [noon])
        cursor.execute("SELECT D FROM T")
        (read,) = cursor.fetchone()
        same(read.replace(tzinfo=None), noon)
        # A DATE bind has no fraction.
        cursor.execute("DELETE FROM T")
        cursor.execute("INSERT INTO T (D) VALUES (:1)", [datetime.datetime(2026, 3, 29, 1, 2, 3)])
        cursor.execute("SELECT D FROM T")
        same(cursor.fetchone()[0].replace(tzinfo=None), datetime.datetime(2026, 3, 29, 1, 2, 3))
        returned = cursor.var(oracledb.DB_TYPE_TIMESTAMP_TZ)
        cursor.execute("UPDATE T SET D = D RETURNING D INTO :1", [returned])
        same(returned.getvalue()[0].replace(tzinfo=None), datetime.datetime(2026, 3, 29, 1, 2, 3))


@check
def timestamps_with_an_offset_are_the_same_instant(connection):
    table(connection, "D TIMESTAMP(6) WITH TIME ZONE")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO T (D) VALUES (TIMESTAMP '2026-03-29 12:00:00.5 +02:00')")
        cursor.execute("SELECT COUNT(*) FROM T WHERE D = TIMESTAMP '2026-03-29 10:00:00.5 +00:00'")
        same(cursor.fetchone(), (1,))
        cursor.execute("SELECT D FROM T")
        same(cursor.fetchone()[0].replace(tzinfo=None), datetime.datetime(2026, 3, 29, 12, 0, 0, 500000))


@check
def errors_have_code_offset_and_text(connection):
    table(connection, "N NUMBER CONSTRAINT T_N UNIQUE, S VARCHAR2(3) NOT NULL")
    with connection.cursor() as cursor:
        detail = fails(lambda: cursor.execute("SELECT * FROM NOWHERE"), "ORA-00942")
        same((detail.code, detail.offset, detail.isrecoverable), (942, 14, False))
        same(detail.message.startswith("ORA-00942: table or view does not exist"), True, detail.message)
        detail = fails(lambda: cursor.execute("SELECT N, NOTHING FROM T"), "ORA-00904")
        same(detail.offset, 10)
        cursor.execute("INSERT INTO T (N, S) VALUES (1, 'x')")
        detail = fails(lambda: cursor.execute("INSERT INTO T (N, S) VALUES (1, 'y')"), "ORA-00001")
        same("T_N" in detail.message, True, detail.message)
        fails(lambda: cursor.execute("INSERT INTO T (N) VALUES (2)"), "ORA-01400")
        fails(lambda: cursor.execute("INSERT INTO T (N, S) VALUES (2, 'long')"), "ORA-12899")
        fails(lambda: cursor.execute("SELECT N FROM T LIMIT 1"), "ORA-00933")
        fails(lambda: cursor.execute("SELECT N FROM T WHERE N = :n"), "ORA-01008")


@check
def errors_are_of_the_documented_classes(connection):
    table(connection, "N NUMBER PRIMARY KEY")
    cursor = connection.cursor()
    cursor.execute("INSERT INTO T (N) VALUES (1)")
    try:
        cursor.execute("INSERT INTO T (N) VALUES (1)")
    except oracledb.IntegrityError:
        pass
    try:
        cursor.execute("SELECT * FROM NOWHERE")
    except oracledb.DatabaseError:
        return
    raise Differs("no DatabaseError")


@check
def binds_are_found_by_name_and_position(connection):
    with connection.cursor() as cursor:
        cursor.prepare("SELECT :a || :b FROM DUAL WHERE :a = 'x'")
        same(cursor.bindnames(), ["A", "B"])
        cursor.execute(None, a="x", b="y")
        same(cursor.fetchone(), ("xy",))
        cursor.execute("SELECT :1 || :2 FROM DUAL", ["p", "q"])
        same(cursor.fetchone(), ("pq",))
        fails(lambda: cursor.execute("SELECT :a FROM DUAL", b="x"), "ORA-01036")


@check
def a_statement_runs_again_from_the_cache(connection):
    for value in ["one", "two"]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT :v FROM DUAL", v=value)
            same(cursor.fetchone(), (value,))


@check
def what_is_too_wide_for_its_buffer_is_an_error(connection):
    with connection.cursor() as cursor:
        cursor.outputtypehandler = lambda cursor, info: cursor.var(str, 2, cursor.arraysize)
        cursor.execute("SELECT 'wider than that' FROM DUAL")
        try:
            cursor.fetchone()
        except oracledb.Error as error:
            same("1406" in str(error), True, str(error))
            return
    raise Differs("nothing was raised")


@check
def output_types_can_be_chosen(connection):
    wanted = {oracledb.DB_TYPE_NUMBER: oracledb.DB_TYPE_VARCHAR}
    with connection.cursor() as cursor:
        cursor.outputtypehandler = lambda cursor, info: cursor.var(
            wanted[info.type_code], arraysize=cursor.arraysize
        )
        cursor.execute("SELECT -0.25 FROM DUAL")
        same(cursor.fetchone(), ("-.25",))


@check
def a_text_can_be_returned_as_a_lob(connection):
    table(connection, "S VARCHAR2(20)")
    with connection.cursor() as cursor:
        returned = cursor.var(oracledb.DB_TYPE_CLOB)
        cursor.execute("INSERT INTO T (S) VALUES ('Grüße') RETURNING S INTO :1", [returned])
        (lob,) = returned.getvalue()
        same((lob.size(), lob.read(), lob.read(4, 2)), (5, "Grüße", "ße"))


@check
def transactions_are_isolated(connection):
    table(connection, "N NUMBER")
    other = connect()
    count = lambda: other.cursor().execute("SELECT COUNT(*) FROM T").fetchone()[0]
    connection.cursor().execute("INSERT INTO T (N) VALUES (1)")
    same(connection.transaction_in_progress, True)
    same(count(), 0)
    connection.commit()
    same(connection.transaction_in_progress, False)
    same(count(), 1)
    connection.cursor().execute("INSERT INTO T (N) VALUES (2)")
    connection.rollback()
    same(count(), 1)
    third = connect()
    third.cursor().execute("INSERT INTO T (N) VALUES (3)")
    third.close()
    same(count(), 1)
    other.close()


@check
def autocommit_commits_each_statement(connection):
    table(connection, "N NUMBER")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO T (N) VALUES (1)")
        cursor.executemany("INSERT INTO T (N) VALUES (:1)", [(2,), (3,)])
    same(connection.transaction_in_progress, False)
    with connect() as other:
        same(other.cursor().execute("SELECT COUNT(*) FROM T").fetchone(), (3,))


@check
def a_pool_gives_sessions_out_and_takes_them_back(connection):
    pool = oracledb.create_pool(
        user=USER, password=PASSWORD, dsn=DSN, min=1, max=2, increment=1, getmode=oracledb.POOL_GETMODE_NOWAIT
    )
    same((pool.min, pool.max, pool.opened, pool.busy), (1, 2, 1, 0))
    with pool.acquire() as first, pool.acquire() as second:
        same((pool.opened, pool.busy), (2, 2))
        for session in (first, second):
            same(session.cursor().execute("SELECT 1 FROM DUAL").fetchone(), (1,))
        try:
            pool.acquire()
            raise Differs("a third session")
        except oracledb.DatabaseError:
            pass
    same(pool.busy, 0)
    with pool.acquire() as again:
        table(again, "N NUMBER")
        again.cursor().execute("INSERT INTO T (N) VALUES (1)")
    # A session that goes back with its transaction open is rolled back.
    with pool.acquire() as again:
        same(again.cursor().execute("SELECT COUNT(*) FROM T").fetchone(), (0,))
    pool.drop(pool.acquire())
    same(pool.opened, 1)
    pool.close()


@check
def a_pool_waits_as_long_as_it_is_told(connection):
    pool = oracledb.create_pool(
        user=USER, password=PASSWORD, dsn=DSN, min=0, max=1, increment=1,
        getmode=oracledb.POOL_GETMODE_TIMEDWAIT, wait_timeout=200,
    )
    with pool.acquire():
        since = time.monotonic()
        try:
            pool.acquire()
            raise Differs("a second session")
        except oracledb.DatabaseError:
            same(time.monotonic() - since >= 0.2, True)
    pool.close()


@check
def a_call_times_out(connection):
    connection.call_timeout = 200
    set_fault(hold=60000)
    try:
        since = time.monotonic()
        fails(lambda: connection.cursor().execute("SELECT 1 FROM DUAL"), "DPY-4024")
        same(0.2 <= time.monotonic() - since < 30, True)
    finally:
        set_fault()
    connection.call_timeout = 0
    same(connection.cursor().execute("SELECT 1 FROM DUAL").fetchone(), (1,))


@check
def a_lost_connection_is_reported_as_such(connection):
    victim = connect()
    set_fault(kill_in_statement="BeforeEffect")
    try:
        fails(lambda: victim.cursor().execute("SELECT 1 FROM DUAL"), "DPY-4011")
    finally:
        set_fault()
    same(victim.is_healthy(), False)


def main():
    oracledb.init_oracle_client(lib_dir=sys.argv[1])
    passed = failed = 0
    for body in CHECKS:
        # A data folder each: no scenario sees what another left.
        with tempfile.TemporaryDirectory() as folder:
            os.environ["ORACLE_STAND_IN_DIR"] = folder
            try:
                with connect() as connection:
                    body(connection)
                passed += 1
            except Exception as error:
                failed += 1
                print(f"{body.__name__}: {type(error).__name__}: {error}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
