import pytest
import zxingcpp
from PIL import Image, ImageDraw

from surveys.queries.sharing import link_to, qr_code
from tests.factories import make_location, make_survey, make_touchpoint
from tests.pictures import drawn_svg

pytestmark = pytest.mark.django_db
